package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, for what everyone may compute; what only we may compute is an {@link Hmac}. */
public final class Digest {
  public static final int SHA256_LENGTH = 32;

  private Digest() {}

  /** Of all parts, one after the other: whoever must tell them apart puts lengths between. */
  public static Bytes sha256(Bytes... parts) {
    MessageDigest digest = sha256();
    for (Bytes part : parts) {
      digest.update(part.shared());
    }
    return Bytes.takeOver(digest.digest());
  }

  public static Bytes sha256(SecretBytes secret) {
    return secret.lend(bytes -> Bytes.takeOver(sha256().digest(bytes)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
