package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every cipher of ours owes. */
abstract class AeadContract {
  private static final Place HERE = new Place(Purpose.STORED_VALUE, Bytes.utf8("s/one"));
  private static final Bytes VALUE = Bytes.utf8("correct horse");

  /** The cipher, the same for the same seed. */
  abstract Aead aead(long seed);

  private final Aead aead = aead(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 200, 65_536, 511_999})
  void whatWasSealedOpens(int length) {
    Bytes value = Bytes.takeOver(new SeededEntropy(length).bytes(length));

    assertThat(aead.openBytes(aead.sealBytes(value, HERE), HERE)).isEqualTo(value);
  }

  @Test
  void secretsAndBytesAreSealedAlike() {
    try (SecretBytes secret = SecretBytes.takeOver(VALUE.toByteArray());
        SecretBytes opened = aead.open(aead.sealBytes(VALUE, HERE), HERE)) {
      assertThat(aead.openBytes(aead.seal(secret, HERE), HERE)).isEqualTo(VALUE);
      assertThat(Same.inConstantTime(opened, secret)).isTrue();
    }
  }

  @Test
  void theCiphertextShowsNothingOfTheValue() {
    Bytes zeros = Bytes.takeOver(new byte[1000]);

    String sealed = aead.sealBytes(zeros, HERE).hex();

    assertThat(sealed).doesNotContain("0".repeat(16));
    assertThat(aead.sealBytes(zeros, HERE).hex()).isNotEqualTo(sealed);
  }

  @Test
  void itDoesNotOpenAtAnotherKey() {
    Bytes sealed = aead.sealBytes(VALUE, HERE);

    assertDoesNotOpen(sealed, new Place(Purpose.STORED_VALUE, Bytes.utf8("s/two")));
    assertDoesNotOpen(sealed, new Place(Purpose.STORED_VALUE, Bytes.utf8("s/on")));
    assertDoesNotOpen(sealed, new Place(Purpose.STORED_VALUE, Bytes.utf8("s/one\0")));
    assertDoesNotOpen(sealed, new Place(Purpose.STORED_VALUE, Bytes.EMPTY));
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void itDoesNotOpenForAnotherPurpose(Purpose made) {
    Bytes sealed = aead.sealBytes(VALUE, new Place(made, HERE.key()));

    for (Purpose asked : Purpose.values()) {
      Place place = new Place(asked, HERE.key());
      if (asked == made) {
        assertThat(aead.openBytes(sealed, place)).isEqualTo(VALUE);
      } else {
        assertDoesNotOpen(sealed, place);
      }
    }
  }

  @Test
  void purposeAndKeyDoNotRunTogether() {
    Bytes codeOfDataKey = Bytes.copyOf(Purpose.DATA_KEY.code());
    Bytes codeOfStoredValue = Bytes.copyOf(Purpose.STORED_VALUE.code());
    Bytes sealed =
        aead.sealBytes(VALUE, new Place(Purpose.STORED_VALUE, codeOfDataKey.plus(HERE.key())));

    assertDoesNotOpen(sealed, new Place(Purpose.DATA_KEY, HERE.key()));
    assertDoesNotOpen(sealed, new Place(Purpose.DATA_KEY, codeOfStoredValue.plus(HERE.key())));
  }

  @Test
  void noBitOfItMayChange() {
    assertThat(Flipped.everyBitOf(aead.sealBytes(VALUE, HERE)))
        .allSatisfy(changed -> assertDoesNotOpen(changed, HERE));
  }

  @Test
  void noByteOfItMayBeMissing() {
    assertThat(Flipped.everyOtherLengthOf(aead.sealBytes(VALUE, HERE)))
        .allSatisfy(changed -> assertDoesNotOpen(changed, HERE));
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    Bytes sealed = aead(2).sealBytes(VALUE, HERE);

    assertDoesNotOpen(sealed, HERE);
  }

  @SuppressWarnings("MustBeClosedChecker") // There is nothing to close if it throws.
  private void assertDoesNotOpen(Bytes sealed, Place place) {
    assertThatThrownBy(() -> aead.openBytes(sealed, place)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> aead.open(sealed, place)).isInstanceOf(TamperedException.class);
  }
}
