package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.CofferException;
import io.coffer.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchPositionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "1042", "1042.1", "999999999999999999.999999999"})
  void anIdPrintsAsItWasRead(String id) {
    assertThat(WatchPosition.parse(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "1.", ".1", "1.2.3", "1e3", "1000000000000000000"})
  void whatIsNoIdIsRefused(String text) {
    assertThat(
            catchThrowableOfType(CofferException.class, () -> WatchPosition.parse(text)).problem())
        .isEqualTo(new Problem.Invalid("revision", "must be the id of an event of this feed"));
  }

  @Test
  void changesOfOneCallAreCountedAndThoseOfTheNextAnew() {
    WatchPosition first = new WatchPosition(7, 0);
    WatchPosition second = first.next(7);
    WatchPosition later = second.next(9);
    assertThat(second).hasToString("7.1");
    assertThat(later).hasToString("9");
    assertThat(first.isUpTo(second)).isTrue();
    assertThat(second.isUpTo(second)).isTrue();
    assertThat(second.isUpTo(first)).isFalse();
    assertThat(later.isUpTo(second)).isFalse();
    assertThat(second.isUpTo(later)).isTrue();
  }
}
