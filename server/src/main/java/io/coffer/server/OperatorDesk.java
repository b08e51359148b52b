package io.coffer.server;

import io.coffer.CofferException;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.api.operator.Rekeyed;
import io.coffer.api.operator.SealDesk;
import io.coffer.api.operator.SealStatus;
import io.coffer.core.Verbs;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does to a process that has the store. One thing at a time: whoever comes
 * meanwhile is told so. There is no limit on tries: whoever can open the socket can copy the data
 * as well, and try there as fast as he likes.
 */
final class OperatorDesk implements SealDesk, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorDesk.class);

  private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(10);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);

  private final Vault vault;
  private final Path dataDir;
  private final Entropy entropy;
  private final Executor threads;
  private final Consumer<Opened> whenOpened;
  private final Semaphore turn = new Semaphore(1);
  private final Given given = new Given();
  private final AtomicInteger refused = new AtomicInteger();

  private volatile Optional<Rekeying> rekeying = Optional.empty();
  private volatile boolean closed;

  /** A change of the seal that is under way. */
  private record Rekeying(HandOver handOver, CompletableFuture<Rekeyed> done) {}

  /**
   * @param threads a new one for each piece of work
   * @param whenOpened is told when the store is open, and must not keep what it is told
   */
  OperatorDesk(
      Vault vault, Path dataDir, Entropy entropy, Executor threads, Consumer<Opened> whenOpened) {
    this.vault = vault;
    this.dataDir = dataDir;
    this.entropy = entropy;
    this.threads = threads;
    this.whenOpened = whenOpened;
  }

  @Override
  public SealStatus status() {
    StoreHeader header = vault.header();
    return new SealStatus(
        vault.isOpen(),
        header.storeId(),
        header.sealKind(),
        header.sealFingerprint(),
        given.count(),
        Seals.answersNeeded(header));
  }

  @Override
  public SealStatus unseal(List<SecretBytes> answers, boolean reset) {
    return inTurn(() -> {
      if (reset) {
        given.forget();
      }
      if (!vault.isOpen()) {
        unseal(answers);
      }
      return status();
    });
  }

  private void unseal(List<SecretBytes> answers) {
    StoreHeader header = vault.header();
    try {
      Seals.requireKind(vault.seal(), header);
      int needed = Seals.answersNeeded(header);
      for (SecretBytes answer : answers) {
        if (given.count() < needed) {
          given.add(answer, header);
        }
      }
      if (given.count() == needed) {
        open();
      }
    } catch (SealException e) {
      refused.incrementAndGet();
      log.atWarn()
          .addKeyValue("seal", header.sealFingerprint())
          .addKeyValue("trouble", String.valueOf(e.getMessage()))
          .log("a try to unseal was refused");
      throw e;
    }
  }

  private void open() {
    try {
      vault.open(given, refused.get()).ifPresent(this::tell);
      refused.set(0);
    } catch (Mistakes e) {
      throw new SealException(String.join("; ", e.sentences()));
    } finally {
      given.forget(); // If they do not fit, nobody knows which of them.
    }
  }

  /** A store that nobody was told of is sealed again: the next try tells again. */
  private void tell(Opened opened) {
    try {
      whenOpened.accept(opened);
    } catch (RuntimeException | AssertionError e) {
      boolean _ = vault.closeStore();
      throw e;
    }
  }

  /** Whoever wants it sealed does not wait for somebody to write down his new shares. */
  @Override
  public SealStatus seal() {
    giveUpRekeying();
    return inTurn(() -> {
      boolean _ = vault.closeStore();
      return status();
    });
  }

  @Override
  public int rotate() {
    return inTurn(() -> {
      try {
        return vault.rotate();
      } catch (CofferException _) {
        throw new SealException("the keyring has as many terms as it may have");
      }
    });
  }

  @Override
  public Rekeyed rekey(String to, List<SecretBytes> answers) {
    SealSpec next = parse(to);
    takeTurn();
    HandOver handOver = new HandOver(entropy, answers);
    CompletableFuture<Rekeyed> done = new CompletableFuture<>();
    rekeying = Optional.of(new Rekeying(handOver, done)); // Before it begins: it can be given up.
    if (closed) {
      handOver.giveUp();
    }
    var _ =
        CompletableFuture.<Rekeyed>supplyAsync(
                () -> {
                  StoreHeader _ = vault.rekey(next, handOver);
                  return new Rekeyed.Done(status());
                },
                threads)
            .whenComplete((rekeyed, trouble) -> {
              handOver.forget();
              rekeying = Optional.empty();
              turn.release();
              if (trouble != null) {
                done.completeExceptionally(Verbs.cause(trouble));
                handOver.told().completeExceptionally(Verbs.cause(trouble));
              } else if (rekeyed != null) {
                done.complete(rekeyed);
                handOver.told().complete(rekeyed);
              }
            });
    return await(handOver.told());
  }

  private SealSpec parse(String to) {
    try {
      return Settings.nextSeal("to", to, dataDir);
    } catch (Mistakes e) {
      throw new SealException(String.join("; ", e.sentences()));
    }
  }

  @Override
  public SealStatus confirm(String confirmation) {
    Rekeying waiting =
        rekeying
            .filter(now -> now.handOver().confirm(confirmation))
            .orElseThrow(() -> new SealException("nothing waits for this confirmation"));
    return switch (await(waiting.done())) {
      case Rekeyed.Done(var status) -> status;
      case Rekeyed.HandedOut _ -> throw new AssertionError("handed out twice");
    };
  }

  private static Rekeyed await(CompletableFuture<Rekeyed> rekeyed) {
    try {
      return rekeyed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SealException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private <T> T inTurn(Supplier<T> work) {
    takeTurn();
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private void takeTurn() {
    if (closed) {
      throw stopping();
    }
    if (!turn.tryAcquire()) {
      throw new SealException("another operator command is under way; try again");
    }
  }

  /** What waits for a confirmation is given up, and over when this returns. */
  private void giveUpRekeying() {
    rekeying.ifPresent(waiting -> {
      waiting.handOver().giveUp();
      try {
        waiting.done().get(GIVEN_UP_WITHIN.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException _) {
        // Whether it is over shows in whose turn it is.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // Whoever does this is in a hurry.
      }
    });
  }

  private static SealException stopping() {
    return new SealException("the server is stopping");
  }

  /**
   * Lets what is under way finish, and gives up what waits for a confirmation; nobody can give an
   * order after this.
   */
  @Override
  public void close() {
    closed = true;
    giveUpRekeying();
    try {
      if (!turn.tryAcquire(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        log.atWarn().log("an operator's command does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
    given.forget();
  }
}
