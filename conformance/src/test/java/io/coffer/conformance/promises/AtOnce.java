package io.coffer.conformance.promises;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Several clients that wait for each other and then do the same thing together. */
final class AtOnce {
  private AtOnce() {}

  /** What each of {@code clients} got from {@code one}, which is told its number. */
  static <T> List<T> call(int clients, IntFunction<T> one) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(clients);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        running.add(
            threads.submit(() -> {
              start.await();
              return one.apply(number);
            }));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> each : running) {
        done.add(each.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
