package io.coffer.crypto.seal;

import io.coffer.SecretBytes;
import io.coffer.crypto.SecrecyContract;
import io.coffer.crypto.SeededEntropy;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class SealSecrecyTest extends SecrecyContract {
  @TempDir private Path directory;

  @Override
  protected void tryAll() {
    FileSeal seal = FileSeal.loadOrCreate(directory.resolve("seal.key"), FORESEEN);
    say(seal);
    try (SecretBytes key = SecretBytes.takeOver(FORESEEN.bytes(32))) {
      say(new SealKey(key));
    }
    try (RootKey root = RootKey.fresh(FORESEEN)) {
      say(root);
    }
    say(Opening.create(seal, new SeededEntropy(1), Instant.EPOCH));
  }
}
