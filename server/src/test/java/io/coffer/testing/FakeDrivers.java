package io.coffer.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.secret.SecretProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Drivers outside of this world, which a test puts there; none at first. */
public final class FakeDrivers implements SecretProviders {
  private final Map<String, Function<Wanted, CompletionStage<SecretBytes>>> drivers =
      new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final List<String> asked = new ArrayList<>();

  public void put(String driver, Function<Wanted, CompletionStage<SecretBytes>> answer) {
    drivers.put(driver, answer);
  }

  /** One that is there, and that nobody is expected to ask. */
  public void put(String driver) {
    put(driver, _ -> CompletableFuture.failedStage(new AssertionError("a driver was asked")));
  }

  /** The drivers that were looked for or asked, in order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Returns once that many were looked for or asked. */
  public synchronized void awaitAsked(int count) {
    try {
      while (asked.size() < count) {
        wait(); // Tests have their own limits of time.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private synchronized void note(String driver) {
    asked.add(driver);
    notifyAll();
  }

  @Override
  public CompletionStage<Void> find(String driver) {
    note(driver);
    return drivers.containsKey(driver)
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(unknown(driver));
  }

  @Override
  public CompletionStage<SecretBytes> ask(Wanted wanted) {
    note(wanted.driver());
    return drivers
        .getOrDefault(wanted.driver(), _ -> CompletableFuture.failedStage(unknown(wanted.driver())))
        .apply(wanted);
  }

  private static RuntimeException unknown(String driver) {
    return new Problem.DriverFailed(driver, DriverTrouble.UNKNOWN).asException();
  }
}
