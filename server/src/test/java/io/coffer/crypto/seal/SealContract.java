package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Flipped;
import io.coffer.crypto.Same;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TamperedException;
import org.junit.jupiter.api.Test;

/** What every seal owes. */
@SuppressWarnings("MustBeClosedChecker") // Where unwrapping must throw, there is nothing to close.
abstract class SealContract {
  /** A seal with a key of its own for each seed, opened anew at each call. */
  abstract Seal seal(long seed);

  private Bytes wrapped() {
    try (SecretBytes root = SecretBytes.takeOver(new SeededEntropy(7).bytes(32))) {
      return seal(1).wrap(root);
    }
  }

  @Test
  void aRootKeyUnwrapsWithTheSealOpenedAnew() {
    try (SecretBytes expected = SecretBytes.takeOver(new SeededEntropy(7).bytes(32));
        SecretBytes root = seal(1).unwrap(wrapped())) {
      assertThat(Same.inConstantTime(root, expected)).isTrue();
    }
  }

  @Test
  void anotherSealDoesNotUnwrapIt() {
    assertThatThrownBy(() -> seal(2).unwrap(wrapped())).isInstanceOf(TamperedException.class);
  }

  @Test
  void noBitOfItMayChange() {
    Seal seal = seal(1);
    assertThat(Flipped.everyBitOf(wrapped()))
        .allSatisfy(changed ->
            assertThatThrownBy(() -> seal.unwrap(changed)).isInstanceOf(TamperedException.class));
  }

  @Test
  void theFingerprintIsOfTheKey() {
    assertThat(seal(1).fingerprint())
        .matches("[0-9a-f]{16}")
        .isEqualTo(seal(1).fingerprint())
        .isNotEqualTo(seal(2).fingerprint());
    assertThat(seal(1).kind()).matches("[a-z0-9-]{1,32}");
  }
}
