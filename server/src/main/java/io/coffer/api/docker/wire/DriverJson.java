package io.coffer.api.docker.wire;

import io.coffer.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes what a secret provider answers. */
public final class DriverJson {
  private DriverJson() {}

  /** What a plugin is. */
  public static byte[] activated() {
    return new JsonWriter(40).raw("{\"Implements\":[\"secretprovider\"]}").line();
  }

  /** The value for one task, and for no other; the caller closes {@code value}. */
  public static byte[] value(SecretBytes value) {
    byte[] head = "{\"Value\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\",\"DoNotReuse\":true}\n".getBytes(StandardCharsets.US_ASCII);
    byte[] base64 = value.lend(Base64.getEncoder()::encode);
    try {
      byte[] whole = Arrays.copyOf(head, head.length + base64.length + tail.length);
      System.arraycopy(base64, 0, whole, head.length, base64.length);
      System.arraycopy(tail, 0, whole, head.length + base64.length, tail.length);
      return whole;
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  /** Why there is no value. */
  public static byte[] error(String text) {
    return new JsonWriter(text.length() + 20).raw("{\"Err\":").string(text).raw("}").line();
  }
}
