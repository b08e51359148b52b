package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.EventFilter;
import io.coffer.api.docker.wire.EventSpan;
import io.coffer.api.docker.wire.EventView;
import io.coffer.api.rpc.Connections;
import io.coffer.core.Caller;
import io.coffer.core.change.ChangeFeed;
import io.coffer.core.change.SecretChange;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One answer to {@code /events}, which lasts until the client leaves, its {@code until} comes or
 * the server stops. Who does not read what he asked for is disconnected.
 */
final class EventStream implements ChangeFeed.Reader {
  /** Bytes written that the connection has not taken; all that is kept at the start fits. */
  static final int WAITING_MAX = 128 << 10;

  /** A time beyond is too far to wait for. */
  private static final Duration WAIT_MAX = Duration.ofDays(3650);

  private final ServiceRequestContext ctx;
  private final Caller caller;
  private final String folderId;
  private final EventSpan span;
  private final EventFilter filter;
  private final HttpResponseWriter out = HttpResponse.streaming();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean pastOnly;
  private boolean live;

  EventStream(Asked asked, String folderId, EventSpan span, EventFilter filter) {
    this.ctx = asked.ctx();
    this.caller = asked.call().caller();
    this.folderId = folderId;
    this.span = span;
    this.filter = filter;
  }

  HttpResponse open(ChangeFeed feed, Instant now) {
    ctx.clearRequestTimeout();
    out.write(DockerAnswer.streamHeaders());
    pastOnly = span.until().filter(until -> until.isBefore(now)).isPresent();
    ChangeFeed.Subscription subscription =
        feed.follow(
            this, span.asksForThePast() ? new ChangeFeed.Start.Kept() : new ChangeFeed.Start.Now());
    Future<?> end = end(now);
    var _ =
        out.whenComplete()
            .handle((_, _) -> {
              subscription.close();
              return end.cancel(false);
            });
    return out;
  }

  private Future<?> end(Instant now) {
    if (pastOnly || span.until().isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    Duration left = Duration.between(now, span.until().get());
    Duration wait = left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
    return ctx.eventLoop().schedule(() -> out.close(), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public String folderId() {
    return folderId;
  }

  @Override
  public void told(SecretChange.Placed placed) {
    EventView event = view(placed.change());
    if ((live || span.holds(event.at())) && filter.includes(event)) {
      write(event.line());
    }
  }

  private void write(byte[] line) {
    if (waiting.addAndGet(line.length) > WAITING_MAX) {
      cutOff();
    } else if (out.tryWrite(HttpData.wrap(line))) {
      var _ = out.whenConsumed().thenRun(() -> waiting.addAndGet(-line.length));
    }
  }

  @Override
  public void caughtUp(long position) {
    live = true;
    if (pastOnly) {
      out.close();
    }
  }

  @Override
  public void ended(ChangeFeed.End end) {
    switch (end) {
      case CLOSED -> out.close();
      case LIST_AGAIN -> cutOff();
    }
  }

  /** The client sees that it is not the end; it has no other way to learn that it missed some. */
  private void cutOff() {
    Connections.cutOff(ctx, out);
  }

  private static EventView view(SecretChange change) {
    EventView.Action action =
        switch (change.action().effect()) {
          case CREATES -> EventView.Action.CREATE;
          case CHANGES -> EventView.Action.UPDATE;
          case DELETES -> EventView.Action.REMOVE;
          case NONE -> throw new AssertionError("no change");
        };
    return new EventView(action, change.secretId(), change.name(), change.at());
  }
}
