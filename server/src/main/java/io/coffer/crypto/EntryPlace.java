package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.Bytes;
import java.nio.ByteBuffer;

/**
 * Where one entry of a payload belongs. What is sealed to it opens as nothing else: not in another
 * secret, not in another version, not under another key, not as the other kind.
 *
 * <pre>
 *   4  length of the secret's id     n  secret's id
 *   4  length of the version's id    n  version's id
 *   4  length of the entry's key     n  entry's key
 *   1  kind, 1 text, 2 binary
 * </pre>
 */
public record EntryPlace(String secretId, String versionId, String entryKey, Kind kind) {
  /** What an entry holds. The code is sealed to: never reuse one, never renumber. */
  public enum Kind {
    TEXT((byte) 1),
    BINARY((byte) 2);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }
  }

  Aead.Place place() {
    byte[] secret = secretId.getBytes(UTF_8);
    byte[] version = versionId.getBytes(UTF_8);
    byte[] entry = entryKey.getBytes(UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(3 * Integer.BYTES + secret.length + version.length + entry.length + 1);
    out.putInt(secret.length).put(secret);
    out.putInt(version.length).put(version);
    out.putInt(entry.length).put(entry);
    out.put(kind.code);
    return new Aead.Place(Aead.Purpose.PAYLOAD_ENTRY, Bytes.takeOver(out.array()));
  }
}
