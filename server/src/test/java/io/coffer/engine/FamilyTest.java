package io.coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import org.junit.jupiter.api.Test;

final class FamilyTest {
  @Test
  void theFirstByteTellsTheFamily() {
    assertThat(Family.of(Bytes.utf8("a/1"))).isEqualTo(Family.AUDIT);
    assertThat(Family.of(Bytes.utf8("k"))).isEqualTo(Family.DATA_KEYS);
    assertThat(Family.of(Bytes.utf8("s/secret"))).isEqualTo(Family.ROWS);
    assertThat(Family.of(Bytes.copyOf((byte) 0xff))).isEqualTo(Family.ROWS);
  }

  @Test
  void theStoresOwnKeysAreNobodysElse() {
    assertThatThrownBy(() -> Family.of(Bytes.copyOf((byte) 0))).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Family.of(Bytes.EMPTY)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aRangeMayEndWhereTheNextFamilyBegins() {
    assertThat(Family.of(Bytes.utf8("a"), Bytes.utf8("b"))).isEqualTo(Family.AUDIT);
    assertThat(Family.of(Bytes.utf8("b"), Bytes.utf8("k"))).isEqualTo(Family.ROWS);
    assertThat(Family.of(Bytes.utf8("l"), Bytes.copyOf((byte) 0xff))).isEqualTo(Family.ROWS);
    assertThat(Family.of(Bytes.utf8("z"), Bytes.utf8("a"))).isEqualTo(Family.ROWS);
  }

  @Test
  void aRangeOverTwoFamiliesIsABug() {
    assertThatThrownBy(() -> Family.of(Bytes.utf8("a"), Bytes.utf8("b0")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Family.of(Bytes.utf8("b"), Bytes.utf8("k0")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Family.of(Bytes.utf8("A"), Bytes.utf8("b")))
        .isInstanceOf(AssertionError.class);
  }
}
