package io.coffer.crypto;

import io.coffer.SecretBytes;

class XAesTest extends AeadContract {
  @Override
  Aead aead(long seed) {
    try (SecretBytes key = SecretBytes.takeOver(new SeededEntropy(seed).bytes(XAes.KEY_LENGTH))) {
      return XAes.of(key);
    }
  }
}
