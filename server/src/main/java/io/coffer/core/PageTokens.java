package io.coffer.core;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.Same;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list goes on: the id of the last element given, and a tag that binds it to the list, so
 * that a token from another list, or a made-up one, is refused.
 *
 * <pre>base64url( tag, 16 bytes | last id, 1 to 50 bytes )</pre>
 */
public final class PageTokens {
  private static final int TAG = 16;

  private final Keyring keyring;

  public PageTokens(Keyring keyring) {
    this.keyring = keyring;
  }

  /**
   * The token of a page that follows {@code lastId}.
   *
   * @param list names the list and what it is of
   */
  public String after(String list, String lastId) {
    Bytes token = tag(list, lastId).plus(Bytes.utf8(lastId));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.shared());
  }

  /** The id in {@code token}; throws {@link Problem.Invalid} unless it was made for the list. */
  public String lastId(String list, String token) {
    Bytes decoded;
    try {
      decoded = Bytes.takeOver(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (decoded.length() <= TAG) {
      throw invalid();
    }
    String lastId =
        new String(decoded.slice(TAG, decoded.length()).shared(), StandardCharsets.UTF_8);
    if (!Same.inConstantTime(tag(list, lastId), decoded.slice(0, TAG))) {
      throw invalid();
    }
    return lastId;
  }

  private Bytes tag(String list, String lastId) {
    // With its length, lest the end of one list's name be taken for the beginning of an id.
    return keyring.index(Bytes.utf8("page\0" + list.length() + "\0" + list + "\0" + lastId));
  }

  private static RuntimeException invalid() {
    return new Problem.Invalid("page_token", "must be one that this list gave").asException();
  }
}
