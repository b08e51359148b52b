package io.coffer.core.secret;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import java.util.Arrays;
import java.util.List;

/**
 * Generates passwords. Every string that meets the specification is equally likely: whole
 * candidates are drawn, and those that lack a class are thrown away, rather than patched.
 */
public final class Passwords {
  private final Entropy entropy;

  public Passwords(Entropy entropy) {
    this.entropy = entropy;
  }

  /** ASCII, as long as the specification says. */
  @MustBeClosed
  public SecretBytes generate(PasswordSpecification specification) {
    List<String> classes = specification.classes();
    byte[] alphabet = String.join("", classes).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] candidate = new byte[specification.effectiveLength()];
    do {
      draw(candidate, alphabet);
    } while (!hasEach(candidate, classes));
    return SecretBytes.takeOver(candidate);
  }

  private void draw(byte[] candidate, byte[] alphabet) {
    // The largest multiple of the alphabet's size: bytes above it would favour its first letters.
    int fair = 256 / alphabet.length * alphabet.length;
    byte[] drawn = new byte[candidate.length];
    int filled = 0;
    while (filled < candidate.length) {
      entropy.fill(drawn);
      for (int i = 0; i < drawn.length && filled < candidate.length; i++) {
        int value = drawn[i] & 0xff;
        if (value < fair) {
          candidate[filled++] = alphabet[value % alphabet.length];
        }
      }
    }
    Arrays.fill(drawn, (byte) 0);
  }

  private static boolean hasEach(byte[] candidate, List<String> classes) {
    for (String each : classes) {
      boolean has = false;
      for (byte character : candidate) {
        has |= each.indexOf(character) >= 0;
      }
      if (!has) {
        return false;
      }
    }
    return true;
  }
}
