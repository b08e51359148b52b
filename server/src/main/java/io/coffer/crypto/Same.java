package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.MessageDigest;

/** Equality that takes as long for what nearly fits as for what does not. Lengths may show. */
public final class Same {
  private Same() {}

  public static boolean inConstantTime(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  public static boolean inConstantTime(Bytes one, Bytes other) {
    return MessageDigest.isEqual(one.shared(), other.shared());
  }

  public static boolean inConstantTime(SecretBytes one, SecretBytes other) {
    return one.lend(these -> other.lend(those -> MessageDigest.isEqual(these, those)));
  }
}
