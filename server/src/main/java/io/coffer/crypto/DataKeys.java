package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import java.util.Arrays;

/**
 * Makes the data keys of versions, and opens them again. A wrapped one is sealed to the key of the
 * row that keeps it; inside:
 *
 * <pre>
 *   0   1  format, 1: AES-256-GCM, drawn in {@link DataKey}
 *   1  32  key
 * </pre>
 */
public final class DataKeys {
  private static final byte FORMAT = 1;
  private static final int KEY_LENGTH = 32;

  private final Aead keyring;
  private final Entropy entropy;

  public DataKeys(Aead keyring, Entropy entropy) {
    this.keyring = keyring;
    this.entropy = entropy;
  }

  /** A new key, for the version whose wrapped key is kept at {@code rowKey}. */
  @MustBeClosed
  public DataKey fresh(Bytes rowKey) {
    byte[] key = entropy.bytes(KEY_LENGTH);
    byte[] content = new byte[1 + KEY_LENGTH];
    content[0] = FORMAT;
    System.arraycopy(key, 0, content, 1, KEY_LENGTH);
    try (SecretBytes secret = SecretBytes.takeOver(content)) {
      return DataKey.of(key, keyring.seal(secret, place(rowKey)));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The key that {@link #fresh} wrapped.
   *
   * @throws TamperedException if it was not wrapped by this keyring for {@code rowKey}
   */
  @MustBeClosed
  public DataKey unwrap(Bytes wrapped, Bytes rowKey) {
    try (SecretBytes content = keyring.open(wrapped, place(rowKey))) {
      byte[] key = content.lend(bytes -> keyIn(bytes, rowKey));
      try {
        return DataKey.of(key, wrapped);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    }
  }

  private static byte[] keyIn(byte[] content, Bytes rowKey) {
    if (content.length != 1 + KEY_LENGTH || content[0] != FORMAT) {
      throw place(rowKey).tampered();
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  private static Place place(Bytes rowKey) {
    return new Place(Purpose.DATA_KEY, rowKey);
  }
}
