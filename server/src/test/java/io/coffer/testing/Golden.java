package io.coffer.testing;

import io.coffer.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What was written once and must be read for ever: files of {@code golden}. */
public final class Golden {
  private Golden() {}

  /** The bytes of a file of hex. */
  public static Bytes bytes(String file) {
    return Bytes.ofHex(text(file));
  }

  /** Without the white space around it. */
  public static String text(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      if (in == null) {
        throw new AssertionError("no golden file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
