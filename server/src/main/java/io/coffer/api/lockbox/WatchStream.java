package io.coffer.api.lockbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.Problem;
import io.coffer.api.rpc.Connections;
import io.coffer.core.Caller;
import io.coffer.core.change.ChangeFeed;
import io.coffer.core.change.SecretChange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One watcher. Who does not take what he asked for is disconnected, and goes on from the last event
 * he has.
 */
final class WatchStream implements ChangeFeed.Reader {
  /** Bytes written that one connection has not taken; the longest way to catch up fits. */
  static final int WAITING_MAX = 4 << 20;

  /** Together they may hold a hundred times that. */
  static final int WATCHERS_MAX = 100;

  /** So often something is said, lest a proxy think that nobody is there. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Semaphore WATCHERS = new Semaphore(WATCHERS_MAX);
  private static final JsonFactory JSON = new JsonFactory();

  private final ServiceRequestContext ctx;
  private final Caller caller;
  private final String folderId;
  private final WatchPosition from;
  private final HttpResponseWriter out = HttpResponse.streaming();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Of the last change told; used on the feed's thread only. */
  private WatchPosition last = new WatchPosition(0, 0);

  /**
   * A watcher.
   *
   * @param from what he was told last, or where a new one begins
   */
  WatchStream(ServiceRequestContext ctx, Caller caller, String folderId, WatchPosition from) {
    this.ctx = ctx;
    this.caller = caller;
    this.folderId = folderId;
    this.from = from;
  }

  /**
   * Begins.
   *
   * @param isNew whether the watcher does not know yet where he begins
   */
  HttpResponse open(ChangeFeed feed, boolean isNew) {
    if (!WATCHERS.tryAcquire()) {
      throw new Problem.Exhausted("watchers of secrets", WATCHERS_MAX).asException();
    }
    ctx.clearRequestTimeout();
    out.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
            .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build());
    if (isNew) {
      // Whoever is cut off before the first event can go on from here.
      write("id: " + from + "\n\n");
    }
    ChangeFeed.Subscription subscription;
    try {
      // From before the last change he was told: there may be another of the same call.
      long before = Math.max(0, from.revision() - 1);
      subscription = feed.follow(this, new ChangeFeed.Start.After(before));
    } catch (RuntimeException e) {
      WATCHERS.release();
      throw e;
    }
    Future<?> heartbeat =
        ctx.eventLoop()
            .scheduleWithFixedDelay(
                () -> write(":\n\n"),
                HEARTBEAT.toMillis(),
                HEARTBEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    var _ =
        out.whenComplete()
            .handle((_, _) -> {
              subscription.close();
              WATCHERS.release();
              return heartbeat.cancel(false);
            });
    return out;
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
    last = last.next(placed.position());
    if (last.isUpTo(from)) {
      return;
    }
    String event =
        switch (placed.change().action().effect()) {
          case CREATES -> "created";
          case CHANGES -> "changed";
          case DELETES -> "deleted";
          case NONE -> throw new AssertionError("no change");
        };
    write("id: " + last + "\nevent: " + event + "\ndata: " + json(placed) + "\n\n");
  }

  /** From here on the watcher hears of changes as they happen: now he can list. */
  @Override
  public void caughtUp() {
    write("event: ready\ndata: {}\n\n");
  }

  @Override
  public void ended(ChangeFeed.End end) {
    switch (end) {
      case CLOSED -> out.close();
      case LIST_AGAIN -> {
        // The empty id takes back the position: who comes again begins anew.
        write(
            "id:\nevent: list-again\n"
                + "data: {\"message\":\"changes after this position are not kept any more: "
                + "watch from now on, and list again\"}\n\n");
        out.close();
      }
    }
  }

  private void write(String text) {
    HttpData data = HttpData.ofUtf8(text);
    int length = data.length();
    if (waiting.addAndGet(length) > WAITING_MAX) {
      cutOff();
    } else if (out.tryWrite(data)) {
      var _ = out.whenConsumed().thenRun(() -> waiting.addAndGet(-length));
    }
  }

  private void cutOff() {
    out.abort();
    // What is written and not taken would hold back a polite end for as long as nobody reads.
    var _ = Connections.of(ctx).close();
  }

  private static String json(SecretChange.Placed placed) {
    SecretChange change = placed.change();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("revision", Long.toString(placed.position()));
      json.writeStringField("action", change.action().eventName());
      json.writeStringField("folderId", change.folderId());
      json.writeStringField("secretId", change.secretId());
      if (!change.name().isEmpty()) {
        json.writeStringField("name", change.name());
      }
      if (!change.versionId().isEmpty()) {
        json.writeStringField("versionId", change.versionId());
      }
      json.writeStringField("at", change.at().toString());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }
}
