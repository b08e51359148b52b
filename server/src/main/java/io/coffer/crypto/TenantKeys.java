package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.TenantKey.Algorithm;
import java.util.Arrays;

/**
 * Makes the material of tenants' keys, and opens it again. Wrapped, it is sealed to the key of the
 * row that keeps it; inside:
 *
 * <pre>
 *   0   1  format: 1 AES-128-GCM, 2 AES-192-GCM, 3 XAES-256-GCM
 *   1   n  key, 16, 24 or 32 bytes
 * </pre>
 */
public final class TenantKeys {
  private final Aead keyring;
  private final Entropy entropy;

  public TenantKeys(Aead keyring, Entropy entropy) {
    this.keyring = keyring;
    this.entropy = entropy;
  }

  /** What becomes the material of a version of any algorithm, once it is wrapped for it. */
  @MustBeClosed
  public SecretBytes draw() {
    return SecretBytes.takeOver(entropy.bytes(XAes.KEY_LENGTH));
  }

  /** As much of what {@link #draw} gave as the algorithm takes, for the row {@code rowKey}. */
  public Bytes wrap(Algorithm algorithm, SecretBytes drawn, Bytes rowKey) {
    byte[] content = new byte[1 + algorithm.keyLength()];
    try (SecretBytes secret = SecretBytes.takeOver(content)) {
      content[0] = algorithm.code();
      drawn.lend(bytes -> {
        System.arraycopy(bytes, 0, content, 1, algorithm.keyLength());
        return content;
      });
      return keyring.seal(secret, place(rowKey));
    }
  }

  /** A key for somebody else's use, in the clear. */
  @MustBeClosed
  public SecretBytes plain(Algorithm algorithm) {
    return SecretBytes.takeOver(entropy.bytes(algorithm.keyLength()));
  }

  /**
   * The key that {@link #wrap} wrapped.
   *
   * @throws TamperedException if it was not wrapped by this keyring for {@code rowKey}
   */
  @MustBeClosed
  public TenantKey unwrap(Bytes wrapped, Bytes rowKey) {
    try (SecretBytes content = keyring.open(wrapped, place(rowKey))) {
      return content.lend(bytes -> keyIn(bytes, rowKey));
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Handed through a lambda to whoever unwraps.
  private static TenantKey keyIn(byte[] content, Bytes rowKey) {
    Algorithm algorithm =
        Algorithm.of(content.length == 0 ? 0 : content[0])
            .filter(known -> content.length == 1 + known.keyLength())
            .orElseThrow(() -> place(rowKey).tampered());
    byte[] key = Arrays.copyOfRange(content, 1, content.length);
    try {
      return TenantKey.of(algorithm, key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Place place(Bytes rowKey) {
    return new Place(Purpose.TENANT_KEY, rowKey);
  }
}
