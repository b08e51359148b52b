package io.coffer.core.iam;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import io.coffer.crypto.RsaKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A new authorized key with its private half, which is nowhere else: whoever is given it keeps it,
 * or it is lost.
 *
 * @param privateKey as clients have it in their key file: PEM, and before it the line that they
 *     expect
 */
public record IssuedKey(AuthorizedKey key, SecretBytes privateKey) implements AutoCloseable {
  /** The private half of {@code keys}, which stay the caller's. */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The record closes what it is made of.
  public static IssuedKey of(AuthorizedKey key, RsaKeys keys) {
    byte[] line =
        ("PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <" + key.id() + ">\n")
            .getBytes(StandardCharsets.UTF_8);
    return new IssuedKey(
        key,
        keys.privatePem()
            .lend(pem -> {
              byte[] text = Arrays.copyOf(line, line.length + pem.length);
              System.arraycopy(pem, 0, text, line.length, pem.length);
              return SecretBytes.takeOver(text);
            }));
  }

  @Override
  public void close() {
    privateKey.close();
  }
}
