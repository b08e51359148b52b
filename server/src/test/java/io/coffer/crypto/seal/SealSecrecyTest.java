package io.coffer.crypto.seal;

import io.coffer.SecretBytes;
import io.coffer.crypto.SecrecyContract;
import io.coffer.crypto.SeededEntropy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
    say(Argon2.fresh(FORESEEN));
    say(Seals.make(new SealSpec.Passphrase(), FORESEEN, Answers.of("correct horse battery")));
    say(Seals.make(new SealSpec.Shares(2, 3), FORESEEN, Answers.of()));
    try (Share share = Share.of("0123456789abcdef", 1, FORESEEN.bytes(32))) {
      say(share);
    }
    for (String spec :
        List.of("file:/a", "passphrase", "shares:2/3", "pkcs11:/m?token=t&key=k&pin-file=/p")) {
      say(SealSpec.parse(spec));
    }
  }
}
