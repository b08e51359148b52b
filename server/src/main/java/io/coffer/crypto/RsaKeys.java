package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An RSA key pair for an authorized key: the holder keeps the private one, Coffer the public one.
 *
 * @param privatePem PKCS#8, {@code BEGIN PRIVATE KEY}
 * @param publicPem X.509, {@code BEGIN PUBLIC KEY}
 */
public record RsaKeys(SecretBytes privatePem, String publicPem) implements AutoCloseable {
  /** How long keys can be; a longer one takes longer to draw and to sign with. */
  public enum Algorithm {
    RSA_2048(2048),
    RSA_4096(4096);

    private final int bits;

    Algorithm(int bits) {
      this.bits = bits;
    }
  }

  /** Of the system's own randomness; takes a tenth of a second, sometimes many. */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The record closes what it is made of.
  public static RsaKeys generate(Algorithm algorithm) {
    KeyPair pair = pair(algorithm);
    byte[] der = pair.getPrivate().getEncoded();
    try {
      return new RsaKeys(
          SecretBytes.takeOver(Pem.encode(Pem.PRIVATE_KEY, der)),
          Pem.text(Pem.PUBLIC_KEY, Bytes.takeOver(pair.getPublic().getEncoded())));
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private static KeyPair pair(Algorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(algorithm.bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has RSA", e);
    }
  }

  @Override
  public void close() {
    privatePem.close();
  }
}
