package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  void whileItIsReplacedWhateverIsSealedOpens() throws Exception {
    CurrentKeyring current = new CurrentKeyring(Keyring.fresh(new SeededEntropy(1), NOW));
    List<Callable<Integer>> sealers = Collections.nCopies(4, () -> sealUntilTerm(20, current));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> running = sealers.stream().map(threads::submit).toList();
      for (int term = 2; term <= 20; term++) {
        current.replace(current.keyring().rotated(new SeededEntropy(term), NOW));
      }
      for (Future<Integer> each : running) {
        assertThat(each.get()).isEqualTo(20);
      }
    }
  }

  /** Seals and opens until {@code last} is the term in use; terms must never go back. */
  private static int sealUntilTerm(int last, CurrentKeyring current) {
    int term = 1;
    while (term < last) {
      Bytes sealed = current.sealBytes(HERE.key(), HERE);
      assertThat(current.openBytes(sealed, HERE)).isEqualTo(HERE.key());
      int used = sealed.at(4);
      assertThat(used).isGreaterThanOrEqualTo(term);
      term = used;
    }
    return term;
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
