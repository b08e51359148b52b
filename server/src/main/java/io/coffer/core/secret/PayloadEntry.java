package io.coffer.core.secret;

import io.coffer.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A value under its key, in the clear. Whoever holds it closes it.
 *
 * @param binary whether the value is bytes; else it is UTF-8 text
 */
public record PayloadEntry(String key, boolean binary, SecretBytes value) implements AutoCloseable {
  /** A value of the Docker door, which knows no keys: text if it is UTF-8 without NUL. */
  public static PayloadEntry fromDocker(SecretBytes value) {
    return new PayloadEntry(Payloads.DOCKER_KEY, !value.lend(PayloadEntry::isText), value);
  }

  private static boolean isText(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return false;
      }
    }
    try {
      // Decoded to be checked, and let go at once.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public void close() {
    value.close();
  }
}
