package io.coffer.api.lockbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Connections;
import io.coffer.core.Caller;
import io.coffer.core.change.ChangeFeed;
import io.coffer.core.change.SecretChange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One watcher. Who does not take what he asked for is disconnected, and goes on from the last event
 * he has; who may not list the folder any more is, within a heartbeat.
 */
final class WatchStream implements ChangeFeed.Reader {
  /** Bytes written that one connection has not taken. */
  static final int WAITING_MAX = 4 << 20;

  /** So often something is said, lest a proxy think that nobody is there. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final WatchPosition NOWHERE = new WatchPosition(0, 0);
  private static final JsonFactory JSON = new JsonFactory();

  private final ServiceRequestContext ctx;
  private final Caller caller;
  private final String folderId;
  private final WatchPosition from;
  private final Supplier<CompletionStage<?>> standing;
  private final HttpResponseWriter out = HttpResponse.streaming();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Of the last change told, or what the watcher was told to go on from. */
  @GuardedBy("this")
  private WatchPosition last = NOWHERE;

  /** Whatever there was up to here has been told. */
  @GuardedBy("this")
  private long toldUpTo;

  /**
   * A watcher.
   *
   * @param from what he was told last; empty for a new one
   * @param standing fails, or its stage does, when he may not watch any more
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // A new one has no position.
  WatchStream(
      ServiceRequestContext ctx,
      Caller caller,
      String folderId,
      Optional<WatchPosition> from,
      Supplier<CompletionStage<?>> standing) {
    this.ctx = ctx;
    this.caller = caller;
    this.folderId = folderId;
    this.from = from.orElse(NOWHERE);
    this.standing = standing;
  }

  HttpResponse open(ChangeFeed feed, WatchSlots slots) {
    slots.take(caller.subject());
    ctx.clearRequestTimeout();
    out.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
            .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build());
    ChangeFeed.Subscription subscription;
    try {
      // With the last change he was told: there may be another of the same call.
      subscription =
          feed.follow(
              this,
              from.equals(NOWHERE)
                  ? new ChangeFeed.Start.Now()
                  : new ChangeFeed.Start.From(from.revision()));
    } catch (RuntimeException e) {
      slots.giveBack(caller.subject());
      throw e;
    }
    Future<?> heartbeat =
        ctx.eventLoop()
            .scheduleWithFixedDelay(
                this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        out.whenComplete()
            .handle((_, _) -> {
              subscription.close();
              slots.giveBack(caller.subject());
              return heartbeat.cancel(false);
            });
    return out;
  }

  /** The stream ends politely: whoever asks again hears why he may not. */
  private void beat() {
    try {
      var _ =
          standing
              .get()
              .whenComplete((_, trouble) -> {
                if (trouble == null) {
                  sayThatNothingHappens();
                } else {
                  out.close();
                }
              });
    } catch (RuntimeException | AssertionError e) {
      out.close();
    }
  }

  private synchronized void sayThatNothingHappens() {
    if (toldUpTo > last.revision()) {
      last = new WatchPosition(toldUpTo, 0);
      write("id: " + last + "\n\n");
    } else {
      write(":\n\n");
    }
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
  public synchronized void told(SecretChange.Placed placed) {
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

  @Override
  public synchronized void toldUpTo(long position) {
    toldUpTo = position;
  }

  /** From here on the watcher hears of changes as they happen: now he can list. */
  @Override
  public synchronized void caughtUp(long position) {
    last = new WatchPosition(position, 0);
    write("id: " + last + "\nevent: ready\ndata: {}\n\n");
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
      Connections.cutOff(ctx, out);
    } else if (out.tryWrite(data)) {
      var _ = out.whenConsumed().thenRun(() -> waiting.addAndGet(-length));
    }
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
