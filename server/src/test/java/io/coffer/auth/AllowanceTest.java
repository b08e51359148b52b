package io.coffer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
  /** Close to where the clock wraps around: it may begin anywhere. */
  private static final long START = Long.MAX_VALUE - 1_000_000_000;

  private final Pace tenAMinute = Pace.of(10, Duration.ofMinutes(1));
  private final Allowance allowance = new Allowance(START);

  private void takeTen(long at) {
    for (int i = 0; i < 10; i++) {
      assertThat(allowance.take(tenAMinute, at)).isZero();
    }
  }

  @Test
  void asManyAsAllowedAtOnceAndNotOneMore() {
    takeTen(START);
    assertThat(allowance.look(tenAMinute, START)).isEqualTo(Duration.ofSeconds(6));
    assertThat(allowance.take(tenAMinute, START)).isEqualTo(Duration.ofSeconds(6));
    assertThat(allowance.take(tenAMinute, START)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void oneMoreAsSoonAsOneHasLeakedAway() {
    takeTen(START);
    long soon = START + Duration.ofSeconds(6).toNanos();
    assertThat(allowance.take(tenAMinute, soon - 1)).isEqualTo(Duration.ofNanos(1));
    assertThat(allowance.take(tenAMinute, soon)).isZero();
    assertThat(allowance.take(tenAMinute, soon)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void nothingIsSavedUpBeyondWhatIsAllowedAtOnce() {
    takeTen(START);
    long later = START + Duration.ofHours(1).toNanos();
    takeTen(later);
    assertThat(allowance.look(tenAMinute, later)).isPositive();
  }

  @Test
  void lookingTakesNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(allowance.look(tenAMinute, START)).isZero();
    }
    takeTen(START);
  }
}
