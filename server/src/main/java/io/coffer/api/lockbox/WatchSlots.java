package io.coffer.api.lockbox;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Problem;
import io.coffer.core.Subject;
import java.util.HashMap;
import java.util.Map;

/** How many may watch at a time, and how many of them may be one subject. */
final class WatchSlots {
  static final int ALL_MAX = 100;
  static final int ONE_MAX = 50;

  @GuardedBy("this")
  private final Map<Subject, Integer> taken = new HashMap<>();

  /** Throws {@link Problem.Exhausted} if there is none left, or none for {@code subject}. */
  synchronized void take(Subject subject) {
    int all = taken.values().stream().mapToInt(Integer::intValue).sum();
    if (all >= ALL_MAX) {
      throw new Problem.Exhausted("lockbox.watchers.count", ALL_MAX).asException();
    }
    if (taken.getOrDefault(subject, 0) >= ONE_MAX) {
      throw new Problem.Exhausted("lockbox.watchersOfOneSubject.count", ONE_MAX).asException();
    }
    taken.merge(subject, 1, Integer::sum);
  }

  synchronized void giveBack(Subject subject) {
    taken.computeIfPresent(subject, (_, count) -> count == 1 ? null : count - 1);
  }
}
