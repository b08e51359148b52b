package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the header again every hour, as the next start will, and warns if that would fail: while
 * the server runs nobody else would notice that a key file or a token is gone. A seal that has to
 * ask somebody is not tried.
 */
final class SealWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SealWatch.class);

  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration END_MAX = Duration.ofSeconds(30);

  private final Supplier<SealSpec> seal;
  private final Supplier<StoreHeader> header;
  private final Entropy entropy;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("seal-watch").daemon().factory());

  SealWatch(Supplier<SealSpec> seal, Supplier<StoreHeader> header, Entropy entropy) {
    this.seal = seal;
    this.header = header;
    this.entropy = entropy;
  }

  /** Looks for the first time in an hour: the start has just opened it. */
  static SealWatch start(Supplier<SealSpec> seal, Supplier<StoreHeader> header, Entropy entropy) {
    SealWatch watch = new SealWatch(seal, header, entropy);
    var _ =
        watch.thread.scheduleWithFixedDelay(
            watch::look, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      trouble()
          .ifPresent(sentence ->
              log.atWarn()
                  .addKeyValue("seal", header.get().sealFingerprint())
                  .addKeyValue("trouble", sentence)
                  .log("the next start would not open the store"));
    } catch (RuntimeException | AssertionError e) {
      // Whatever it is, the next start would meet it too.
      log.atWarn()
          .addKeyValue("trouble", e.getClass().getName())
          .log("the next start would not open the store");
    }
  }

  /** Why the next start would not open the store, if it would not. */
  Optional<String> trouble() {
    SealSpec spec = seal.get();
    if (spec.asks()) {
      return Optional.empty();
    }
    try {
      StoreHeader now = header.get();
      Opening.open(now, Seals.open(spec, now, entropy, Custodian.NOBODY));
      return Optional.empty();
    } catch (SealException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
        log.atWarn().log("a look at the seal does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }
}
