package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheDigestOfTheStandard() {
    assertThat(Digest.sha256(Bytes.utf8("abc")).hex()).isEqualTo(OF_ABC);
  }

  @Test
  void partsAreDigestedOneAfterTheOther() {
    assertThat(Digest.sha256(Bytes.utf8("a"), Bytes.EMPTY, Bytes.utf8("bc")).hex())
        .isEqualTo(OF_ABC);
  }

  @Test
  void aSecretIsDigestedWithoutLeavingItsBytes() {
    try (SecretBytes secret = SecretBytes.takeOver(Bytes.utf8("abc").toByteArray())) {
      assertThat(Digest.sha256(secret).hex()).isEqualTo(OF_ABC);
    }
  }

  @Test
  void sameIsSameAndNothingElseIs() {
    Bytes value = Bytes.utf8("correct horse");

    assertThat(Same.inConstantTime(value, Bytes.utf8("correct horse"))).isTrue();
    assertThat(Same.inConstantTime(value, value.slice(0, 12))).isFalse();
    assertThat(Flipped.everyBitOf(value)).noneMatch(other -> Same.inConstantTime(value, other));
    assertThat(Same.inConstantTime(new byte[] {1}, new byte[] {1})).isTrue();
    assertThat(Same.inConstantTime(new byte[] {1}, new byte[] {2})).isFalse();
    try (SecretBytes one = SecretBytes.takeOver(new byte[] {1, 2});
        SecretBytes same = SecretBytes.takeOver(new byte[] {1, 2});
        SecretBytes other = SecretBytes.takeOver(new byte[] {1, 3})) {
      assertThat(Same.inConstantTime(one, same)).isTrue();
      assertThat(Same.inConstantTime(one, other)).isFalse();
    }
  }
}
