package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.Bytes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tenant gets for his plaintext, and brings back; the data key of a secret that is under a
 * tenant's key has the same form. It says which version of which key opens it, and is bound to both
 * and to the context it was given:
 *
 * <pre>
 *   0   1  format, 1
 *   1   1  length      n  key's id
 *   …   1  length      n  version's id
 *   …   n  what the version's cipher made of the plaintext
 * </pre>
 *
 * @param sealed the part that the cipher made
 */
public record TenantCiphertext(String keyId, String versionId, Bytes sealed) {
  private static final byte FORMAT = 1;
  private static final int ID_MAX = 50;
  private static final Pattern ID = Pattern.compile("[0-9a-z]+");

  /** What a ciphertext of this version is sealed to: all that stands before it, and the context. */
  public static Aead.Place place(String keyId, String versionId, Bytes context) {
    return new Aead.Place(Aead.Purpose.TENANT_CIPHERTEXT, header(keyId, versionId).plus(context));
  }

  /** What the data key kept at {@code row} is sealed to, if it is under this version. */
  public static Aead.Place placeOfDataKey(String keyId, String versionId, Bytes row) {
    return new Aead.Place(Aead.Purpose.TENANT_DATA_KEY, header(keyId, versionId).plus(row));
  }

  public Bytes encode() {
    return header(keyId, versionId).plus(sealed);
  }

  /** Empty if it is none. */
  public static Optional<TenantCiphertext> decode(Bytes ciphertext) {
    if (ciphertext.isEmpty() || ciphertext.at(0) != FORMAT) {
      return Optional.empty();
    }
    return part(ciphertext, 1)
        .flatMap(key ->
            part(ciphertext, key.end())
                .map(version ->
                    new TenantCiphertext(
                        key.text(),
                        version.text(),
                        ciphertext.slice(version.end(), ciphertext.length()))));
  }

  private static Bytes header(String keyId, String versionId) {
    return Bytes.copyOf(FORMAT).plus(part(keyId)).plus(part(versionId));
  }

  private static Bytes part(String id) {
    byte[] bytes = id.getBytes(UTF_8);
    if (bytes.length > ID_MAX) {
      throw new AssertionError("an id of over 50 bytes");
    }
    return Bytes.copyOf((byte) bytes.length).plus(Bytes.takeOver(bytes));
  }

  private static Optional<Part> part(Bytes ciphertext, int at) {
    if (at >= ciphertext.length()) {
      return Optional.empty();
    }
    int length = ciphertext.at(at);
    int end = at + 1 + length;
    if (length < 1 || length > ID_MAX || end > ciphertext.length()) {
      return Optional.empty();
    }
    String id = new String(ciphertext.slice(at + 1, end).shared(), UTF_8);
    return ID.matcher(id).matches() ? Optional.of(new Part(id, end)) : Optional.empty();
  }

  /** An id, and where it ends. */
  record Part(String text, int end) {}
}
