package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.EntryPlace.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("MustBeClosedChecker") // Where opening must throw, there is nothing to close.
class DataKeysTest {
  private static final Bytes ROW = Bytes.utf8("k/secret/version");
  private static final EntryPlace HERE = new EntryPlace("secret", "version", "entry", Kind.TEXT);

  private final Keyring keyring =
      Keyring.fresh(new SeededEntropy(1), Instant.parse("2030-01-01T00:00:00Z"));
  private final DataKeys dataKeys = new DataKeys(keyring, new SeededEntropy(2));

  private static Bytes sealed(DataKey key, EntryPlace place) {
    return sealed(key, place, Bytes.utf8("correct horse"));
  }

  private static Bytes sealed(DataKey key, EntryPlace place, Bytes value) {
    try (SecretBytes secret = SecretBytes.takeOver(value.toByteArray())) {
      return key.seal(secret, place);
    }
  }

  private static Bytes opened(DataKey key, EntryPlace place, Bytes sealed) {
    try (SecretBytes value = key.open(sealed, place)) {
      return value.lend(Bytes::copyOf);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 511_999})
  void anEntryOpensWithTheUnwrappedKey(int length) {
    Bytes value = Bytes.takeOver(new SeededEntropy(3).bytes(length));
    Bytes wrapped;
    Bytes sealed;
    try (DataKey key = dataKeys.fresh(ROW)) {
      wrapped = key.wrapped();
      sealed = sealed(key, HERE, value);
    }

    try (DataKey key = dataKeys.unwrap(wrapped, ROW)) {
      assertThat(opened(key, HERE, sealed)).isEqualTo(value);
      assertThat(key.wrapped()).isEqualTo(wrapped);
    }
  }

  @Test
  void anEntryMovedAnywhereElseDoesNotOpen() {
    List<EntryPlace> elsewhere =
        List.of(
            new EntryPlace("other", "version", "entry", Kind.TEXT),
            new EntryPlace("secret", "other", "entry", Kind.TEXT),
            new EntryPlace("secret", "version", "other", Kind.TEXT),
            new EntryPlace("secret", "version", "entry", Kind.BINARY),
            new EntryPlace("secretv", "ersion", "entry", Kind.TEXT),
            new EntryPlace("secret", "versione", "ntry", Kind.TEXT),
            new EntryPlace("", "secretversion", "entry", Kind.TEXT),
            new EntryPlace("secret", "version", "", Kind.TEXT));
    try (DataKey key = dataKeys.fresh(ROW)) {
      Bytes sealed = sealed(key, HERE);

      assertThat(elsewhere)
          .allSatisfy(place ->
              assertThatThrownBy(() -> key.open(sealed, place))
                  .isInstanceOf(TamperedException.class));
    }
  }

  @Test
  void noBitOfAnEntryMayChange() {
    try (DataKey key = dataKeys.fresh(ROW)) {
      Bytes sealed = sealed(key, HERE);

      assertThat(Flipped.everyBitOf(sealed))
          .allSatisfy(changed ->
              assertThatThrownBy(() -> key.open(changed, HERE))
                  .isInstanceOf(TamperedException.class));
      assertThat(Flipped.everyOtherLengthOf(sealed))
          .allSatisfy(changed ->
              assertThatThrownBy(() -> key.open(changed, HERE))
                  .isInstanceOf(TamperedException.class));
    }
  }

  @Test
  void theKeyOfAnotherVersionDoesNotOpenAnEntry() {
    try (DataKey key = dataKeys.fresh(ROW);
        DataKey other = dataKeys.fresh(Bytes.utf8("k/secret/other"))) {
      Bytes sealed = sealed(key, HERE);

      assertThatThrownBy(() -> other.open(sealed, HERE)).isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aWrappedKeyMovedToAnotherRowDoesNotUnwrap() {
    try (DataKey key = dataKeys.fresh(ROW)) {
      assertThatThrownBy(() -> dataKeys.unwrap(key.wrapped(), Bytes.utf8("k/secret/other")))
          .isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aWrappedKeyIsNoStoredValueAndNoStoredValueIsAWrappedKey() {
    Bytes content = Bytes.ofHex("01" + "00".repeat(32));
    Bytes stored = keyring.sealBytes(content, new Place(Purpose.STORED_VALUE, ROW));
    try (DataKey key = dataKeys.fresh(ROW)) {
      assertThatThrownBy(
              () -> keyring.openBytes(key.wrapped(), new Place(Purpose.STORED_VALUE, ROW)))
          .isInstanceOf(TamperedException.class);
    }
    assertThatThrownBy(() -> dataKeys.unwrap(stored, ROW)).isInstanceOf(TamperedException.class);
  }

  @Test
  void noBitOfAWrappedKeyMayChange() {
    try (DataKey key = dataKeys.fresh(ROW)) {
      assertThat(Flipped.everyBitOf(key.wrapped()))
          .allSatisfy(changed ->
              assertThatThrownBy(() -> dataKeys.unwrap(changed, ROW))
                  .isInstanceOf(TamperedException.class));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "02" + ZEROS, "01" + ZEROS + "00", ZEROS})
  void whatIsNotAKeyOfThisFormatIsRefused(String content) {
    Bytes wrapped = keyring.sealBytes(Bytes.ofHex(content), new Place(Purpose.DATA_KEY, ROW));

    assertThatThrownBy(() -> dataKeys.unwrap(wrapped, ROW)).isInstanceOf(TamperedException.class);
  }

  private static final String ZEROS =
      "0000000000000000000000000000000000000000000000000000000000000000";

  @Test
  void aWrappedKeyUnwrapsAfterARotation() {
    Bytes wrapped;
    Bytes sealed;
    try (DataKey key = dataKeys.fresh(ROW)) {
      wrapped = key.wrapped();
      sealed = sealed(key, HERE);
    }
    Keyring rotated = keyring.rotated(new SeededEntropy(5), Instant.EPOCH);

    try (DataKey key = new DataKeys(rotated, new SeededEntropy(6)).unwrap(wrapped, ROW)) {
      assertThat(opened(key, HERE, sealed)).isEqualTo(Bytes.utf8("correct horse"));
    }
  }

  @Test
  void everyVersionHasItsOwnKey() {
    try (DataKey one = dataKeys.fresh(ROW);
        DataKey other = dataKeys.fresh(ROW)) {
      Bytes sealed = sealed(one, HERE);

      assertThatThrownBy(() -> other.open(sealed, HERE)).isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aClosedKeySealsNothing() {
    DataKey closed = dataKeys.fresh(ROW);
    closed.close();

    assertThatThrownBy(() -> sealed(closed, HERE))
        .isInstanceOf(AssertionError.class)
        .hasMessage("data key used after close");
  }
}
