package io.coffer.server;

import com.linecorp.armeria.common.CommonPools;
import io.coffer.crypto.CipherWarmUp;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libraries keep of keys by thread, on threads that live on when the store is closed: those
 * that serve connections. All others end with the store.
 */
final class Residue {
  private static final Logger log = LoggerFactory.getLogger(Residue.class);
  private static final Duration CLEARED_WITHIN = Duration.ofSeconds(10);

  /** More than a thread has of its own: the platform looks through all when so many are added. */
  private static final int MORE_THAN_THERE_ARE = 1024;

  /**
   * Of so many, one moves all that lives together; the others leave some of the dead where it is.
   */
  private static final int COLLECTIONS = 4;

  private Residue() {}

  /** When nobody refers to the keys any more. */
  static void clear() {
    System.gc(); // Threads see only then whose key has died.
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (EventExecutor thread : CommonPools.workerGroup()) {
      threads.add(CompletableFuture.runAsync(Residue::clearHere, thread));
    }
    CompletableFuture.allOf(threads.toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, CLEARED_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .join();
    if (!threads.stream().allMatch(CompletableFuture::isDone)) {
      log.atWarn().log("a thread that serves connections is busy: it may keep what a key left");
    }
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
  }

  private static void clearHere() {
    CipherWarmUp.overwrite();
    dropStale();
  }

  /**
   * The values of thread locals that are gone stay until the thread's table of them grows. A MAC of
   * a library is such a value, and has its key.
   */
  private static void dropStale() {
    List<ThreadLocal<Boolean>> many = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_THERE_ARE; i++) {
      ThreadLocal<Boolean> one = new ThreadLocal<>();
      one.set(true);
      many.add(one);
    }
    many.forEach(ThreadLocal::remove);
  }
}
