package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Percent escapes of paths and queries. What they stand for is read as {@link GoUtf8}. */
public final class Escapes {
  private Escapes() {}

  /**
   * The decoded path, in which an escaped slash is a slash; {@code +} stays. Empty if an escape is
   * malformed, which an engine answers before any routing, with a bare 400.
   */
  public static Optional<String> path(String raw) {
    return queryError(raw, 0, raw.length()).isPresent()
        ? Optional.empty()
        : Optional.of(decode(raw.getBytes(UTF_8), false));
  }

  /** One side of a query pair that has no malformed escape; {@code +} is a space. */
  static String query(String raw) {
    return decode(raw.getBytes(UTF_8), true);
  }

  /** The error of the first malformed escape between {@code from} and {@code to}. */
  static Optional<String> queryError(String raw, int from, int to) {
    for (int at = raw.indexOf('%', from, to); at >= 0; at = raw.indexOf('%', at + 3, to)) {
      if (at + 2 >= to || !isHex(raw.charAt(at + 1)) || !isHex(raw.charAt(at + 2))) {
        byte[] rest = raw.substring(at, Math.min(at + 3, to)).getBytes(UTF_8);
        return Optional.of("invalid URL escape " + GoQuote.text(rest, 0, Math.min(3, rest.length)));
      }
    }
    return Optional.empty();
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Hex.isDigit((byte) c);
  }

  private static String decode(byte[] in, boolean plusIsSpace) {
    byte[] out = new byte[in.length];
    int length = 0;
    for (int at = 0; at < in.length; at++) {
      byte c = in[at];
      if (c == '%') {
        out[length++] = (byte) (Hex.value(in[at + 1]) << 4 | Hex.value(in[at + 2]));
        at += 2;
      } else {
        out[length++] = c == '+' && plusIsSpace ? (byte) ' ' : c;
      }
    }
    return GoUtf8.decode(out, 0, length);
  }
}
