package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurrentKeyringTest extends AeadContract {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Place HERE = new Place(Purpose.STORED_VALUE, Bytes.utf8("s/one"));

  @Override
  Aead aead(long seed) {
    return new CurrentKeyring(Keyring.fresh(new SeededEntropy(seed), NOW));
  }

  @Test
  void afterAReplacementOldValuesOpenAndNewOnesUseTheNewTerm() {
    Keyring first = Keyring.fresh(new SeededEntropy(1), NOW);
    CurrentKeyring current = new CurrentKeyring(first);
    Bytes old = current.sealBytes(Bytes.utf8("old"), HERE);

    current.replace(first.rotated(new SeededEntropy(2), NOW));

    assertThat(current.openBytes(old, HERE)).isEqualTo(Bytes.utf8("old"));
    Bytes fresh = current.sealBytes(Bytes.utf8("new"), HERE);
    assertThat(fresh.slice(0, 5).hex()).isEqualTo("0100000002");
    assertThatThrownBy(() -> first.openBytes(fresh, HERE)).isInstanceOf(TamperedException.class);
  }

  @Test
  void onlyAKeyringThatStillOpensEverythingMayReplaceIt() {
    Keyring first = Keyring.fresh(new SeededEntropy(1), NOW);
    CurrentKeyring current = new CurrentKeyring(first.rotated(new SeededEntropy(2), NOW));

    assertThatThrownBy(() -> current.replace(first)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> current.replace(Keyring.fresh(new SeededEntropy(3), NOW)))
        .isInstanceOf(AssertionError.class);
  }
}
