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
    byte[] in = raw.getBytes(UTF_8);
    return malformed(in).isPresent() ? Optional.empty() : Optional.of(decode(in, false));
  }

  /** One side of a query pair that has no malformed escape; {@code +} is a space. */
  static String query(String raw) {
    return decode(raw.getBytes(UTF_8), true);
  }

  /** The error of the first malformed escape. */
  static Optional<String> queryError(String raw) {
    return malformed(raw.getBytes(UTF_8));
  }

  private static Optional<String> malformed(byte[] in) {
    for (int at = 0; at < in.length; at++) {
      if (in[at] == '%') {
        if (at + 2 >= in.length || !Hex.isDigit(in[at + 1]) || !Hex.isDigit(in[at + 2])) {
          String shown = GoQuote.text(in, at, Math.min(at + 3, in.length));
          return Optional.of("invalid URL escape " + shown);
        }
        at += 2;
      }
    }
    return Optional.empty();
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
