package io.coffer.core.iam;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client sends as its API key: the id, to find the row by, and 256 bits of chance.
 *
 * <pre>"cak1." id "." base64url of 32 bytes, 43 characters</pre>
 */
public final class ApiKeySecret {
  private static final String MARK = "cak1.";
  private static final int LENGTH = 32;
  private static final int SHOWN = 4;

  /** The last character says four bits: any but these would be ignored, not refused. */
  private static final Pattern FORM =
      Pattern.compile("cak1\\.([0-9a-z]{1,50})\\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])");

  private ApiKeySecret() {}

  /** What a text of that form claims. */
  public record Claimed(String keyId, Bytes digest) {}

  @MustBeClosed
  static SecretBytes draw(String keyId, Entropy entropy) {
    byte[] drawn = entropy.bytes(LENGTH);
    byte[] tail = Base64.getUrlEncoder().withoutPadding().encode(drawn);
    byte[] head = (MARK + keyId + ".").getBytes(StandardCharsets.US_ASCII);
    byte[] secret = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, secret, head.length, tail.length);
    Arrays.fill(drawn, (byte) 0);
    Arrays.fill(tail, (byte) 0);
    return SecretBytes.takeOver(secret);
  }

  /**
   * The key that {@code sent} is of, if it is of that form; whether it is the one, digests tell.
   */
  public static Optional<Claimed> parse(String sent) {
    Matcher form = FORM.matcher(sent);
    return form.matches()
        ? Optional.of(new Claimed(form.group(1), Digest.sha256(Bytes.utf8(sent))))
        : Optional.empty();
  }

  static Bytes digest(SecretBytes secret) {
    return Digest.sha256(secret);
  }

  /** The id, which is no secret, and the last characters. */
  static String masked(String keyId, SecretBytes secret) {
    return MARK
        + keyId
        + ".***"
        + secret.lend(
            text -> new String(text, text.length - SHOWN, SHOWN, StandardCharsets.US_ASCII));
  }
}
