package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.crypto.DataKey;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SeededEntropy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of every key that was drawn, the array it was drawn into is wiped. */
class WipingTest {
  private static final int KEY_LENGTH_MIN = 32;

  private final Remembering entropy = new Remembering();

  @TempDir private Path directory;

  @Test
  void aKeyringLeavesNoArraysBehind() {
    Keyring keyring = Keyring.fresh(entropy, Instant.EPOCH);
    assertThat(keyring.rotated(entropy, Instant.EPOCH).activeTerm()).isEqualTo(2);

    assertWiped(5);
  }

  @Test
  void aDataKeyLeavesNoArrayBehind() {
    Keyring keyring = Keyring.fresh(new SeededEntropy(1), Instant.EPOCH);
    try (DataKey key = new DataKeys(keyring, entropy).fresh(Bytes.utf8("row"))) {
      assertThat(key.wrapped().isEmpty()).isFalse();
    }

    assertWiped(1);
  }

  @Test
  void aNewStoreLeavesNoArraysBehind() {
    Seal seal = FileSeal.loadOrCreate(directory.resolve("seal.key"), entropy);
    assertThat(Opening.create(seal, entropy, Instant.EPOCH).sealKind()).isEqualTo("file");

    assertWiped(6);
  }

  private void assertWiped(int count) {
    List<byte[]> keys =
        entropy.drawn.stream().filter(each -> each.length >= KEY_LENGTH_MIN).toList();
    assertThat(keys).hasSize(count).allSatisfy(key -> assertThat(key).containsOnly(0));
  }

  private static final class Remembering implements Entropy {
    private final SeededEntropy seeded = new SeededEntropy(1);
    private final List<byte[]> drawn = new ArrayList<>();

    @Override
    public void fill(byte[] target) {
      seeded.fill(target);
      drawn.add(target);
    }
  }
}
