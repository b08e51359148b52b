package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("MustBeClosedChecker") // Where opening must throw, there is nothing to close.
final class TenantKeysTest {
  private static final Bytes ROW = Bytes.utf8("k/key/version");
  private static final Bytes VALUE = Bytes.utf8("correct horse battery staple");
  private static final Place HERE = TenantCiphertext.place("key", "version", Bytes.utf8("context"));

  private final Keyring keyring =
      Keyring.fresh(new SeededEntropy(1), Instant.parse("2030-01-01T00:00:00Z"));
  private final TenantKeys tenantKeys = new TenantKeys(keyring, new SeededEntropy(2));

  private Bytes wrapped(Algorithm algorithm) {
    try (SecretBytes drawn = tenantKeys.draw()) {
      return tenantKeys.wrap(algorithm, drawn, ROW);
    }
  }

  private Bytes sealed(Bytes wrapped, Bytes value, Place place) {
    try (TenantKey key = tenantKeys.unwrap(wrapped, ROW);
        SecretBytes plaintext = SecretBytes.takeOver(value.toByteArray())) {
      return key.seal(plaintext, place);
    }
  }

  private Optional<Bytes> opened(Bytes wrapped, Bytes sealed, Place place) {
    try (TenantKey key = tenantKeys.unwrap(wrapped, ROW)) {
      return key.open(sealed, place)
          .map(plaintext -> {
            try (plaintext) {
              return plaintext.lend(Bytes::copyOf);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAKeySealedItOpens(Algorithm algorithm) {
    Bytes wrapped = wrapped(algorithm);
    for (int length : List.of(0, 1, 32_768)) {
      Bytes value = Bytes.takeOver(new SeededEntropy(3).bytes(length));
      assertThat(opened(wrapped, sealed(wrapped, value, HERE), HERE)).contains(value);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseOpens(Algorithm algorithm) {
    Bytes wrapped = wrapped(algorithm);
    Bytes sealed = sealed(wrapped, VALUE, HERE);
    for (Place elsewhere :
        List.of(
            TenantCiphertext.place("key", "version", Bytes.EMPTY),
            TenantCiphertext.place("key", "version", Bytes.utf8("contex")),
            TenantCiphertext.place("other", "version", Bytes.utf8("context")),
            TenantCiphertext.place("key", "other", Bytes.utf8("context")),
            new Place(Purpose.STORED_VALUE, HERE.key()))) {
      assertThat(opened(wrapped, sealed, elsewhere)).isEmpty();
    }
    assertThat(opened(wrapped(algorithm), sealed, HERE)).isEmpty();
    Stream.concat(Flipped.everyBitOf(sealed), Flipped.everyOtherLengthOf(sealed))
        .forEach(changed -> assertThat(opened(wrapped, changed, HERE)).isEmpty());
  }

  @Test
  void aKeyOfOneAlgorithmIsNoneOfAnother() {
    assertThat(sealed(wrapped(Algorithm.AES_128), VALUE, HERE).length())
        .isEqualTo(VALUE.length() + 28);
    assertThat(sealed(wrapped(Algorithm.AES_192), VALUE, HERE).length())
        .isEqualTo(VALUE.length() + 28);
    assertThat(sealed(wrapped(Algorithm.AES_256), VALUE, HERE).length())
        .isEqualTo(VALUE.length() + 40);
  }

  @Test
  void materialMovedToAnotherRowDoesNotOpen() {
    Bytes wrapped = wrapped(Algorithm.AES_256);

    assertThatThrownBy(() -> tenantKeys.unwrap(wrapped, Bytes.utf8("k/key/other")))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> new DataKeys(keyring, new SeededEntropy(4)).unwrap(wrapped, ROW))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void materialOfNoFormatDoesNotOpen() {
    for (String content : List.of("", "00", "01", "04" + "00".repeat(32), "01" + "00".repeat(24))) {
      Bytes wrapped = keyring.sealBytes(Bytes.ofHex(content), new Place(Purpose.TENANT_KEY, ROW));
      assertThatThrownBy(() -> tenantKeys.unwrap(wrapped, ROW))
          .isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aCiphertextSaysWhoOpensIt() {
    TenantCiphertext ciphertext = new TenantCiphertext("abjkey", "abjversion", VALUE);

    assertThat(TenantCiphertext.decode(ciphertext.encode())).contains(ciphertext);
  }

  @Test
  void whatIsNoCiphertextIsNone() {
    Bytes whole = new TenantCiphertext("key", "version", Bytes.EMPTY).encode();
    for (int length = 0; length < whole.length(); length++) {
      assertThat(TenantCiphertext.decode(whole.slice(0, length))).isEmpty();
    }
    for (String hex :
        List.of(
            "02036b65790161",
            "01000161",
            "01ff0161",
            "0133" + "61".repeat(51) + "0161",
            "0101000161",
            "01012f0161")) {
      assertThat(TenantCiphertext.decode(Bytes.ofHex(hex))).isEmpty();
    }
  }

  @Test
  void aClosedKeyIsABugToUse() {
    TenantKey key = tenantKeys.unwrap(wrapped(Algorithm.AES_128), ROW);
    key.close();
    assertThatThrownBy(() -> key.open(VALUE, HERE)).isInstanceOf(AssertionError.class);
  }
}
