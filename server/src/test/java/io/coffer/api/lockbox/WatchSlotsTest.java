package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Subject;
import org.junit.jupiter.api.Test;

final class WatchSlotsTest {
  private final WatchSlots slots = new WatchSlots();

  @Test
  void oneSubjectLeavesRoomForOthersAndAllTogetherHaveALimit() {
    take("a", WatchSlots.ONE_MAX);
    assertThat(refusal("a"))
        .isEqualTo(new Problem.Exhausted("lockbox.watchersOfOneSubject.count", WatchSlots.ONE_MAX));
    take("b", WatchSlots.ALL_MAX - WatchSlots.ONE_MAX);
    assertThat(refusal("c"))
        .isEqualTo(new Problem.Exhausted("lockbox.watchers.count", WatchSlots.ALL_MAX));
    slots.giveBack(subject("a"));
    take("c", 1);
    assertThat(refusal("a"))
        .isEqualTo(new Problem.Exhausted("lockbox.watchers.count", WatchSlots.ALL_MAX));
  }

  private void take(String id, int times) {
    for (int i = 0; i < times; i++) {
      slots.take(subject(id));
    }
  }

  private Problem refusal(String id) {
    return catchThrowableOfType(CofferException.class, () -> slots.take(subject(id))).problem();
  }

  private static Subject subject(String id) {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, id);
  }
}
