package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StoredTimeTest {
  @Test
  void everyNanosecondComesBackAlsoFromBefore1970() {
    for (String text :
        new String[] {
          "1970-01-01T00:00:00Z",
          "1969-12-31T23:59:59.999999999Z",
          "1700-01-01T00:00:00.000000001Z",
          "2262-01-01T00:00:00Z"
        }) {
      Instant instant = Instant.parse(text);
      assertThat(StoredTime.instant(StoredTime.of(instant))).isEqualTo(instant);
    }
  }

  @Test
  void whatDoesNotFitIsAnErrorAndNoOtherTime() {
    assertThatThrownBy(() -> StoredTime.of(Instant.parse("2263-01-01T00:00:00Z")))
        .isInstanceOf(ArithmeticException.class);
  }
}
