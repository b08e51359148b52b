package io.coffer.api.docker.wire;

import java.util.Arrays;

/**
 * Base64 with padding as Go's standard encoding decodes it: line breaks are skipped, unused bits of
 * the last character are not looked at, and a mistake is told by the position Go tells.
 *
 * <p>Of clients one thing more is understood: the URL-safe alphabet, which the published API asks
 * for. The two are not mixed in one value; the first {@code + / - _} decides, and one of the other
 * alphabet after it is the mistake.
 */
final class GoBase64 {
  /** Which alphabets are read. */
  enum Reading {
    AS_ENGINES,
    URL_SAFE_TOO
  }

  private static final byte FOREIGN = -1;
  private static final byte[] STANDARD = alphabet('+', '/');
  private static final byte[] URL = alphabet('-', '_');

  private final byte[] in;
  private final int from;
  private final int to;
  private final byte[] out;
  private final byte[] alphabet;
  private int at;
  private int length;

  private GoBase64(byte[] in, int from, int to, byte[] out, byte[] alphabet) {
    this.in = in;
    this.from = from;
    this.to = to;
    this.out = out;
    this.at = from;
    this.alphabet = alphabet;
  }

  private static byte[] alphabet(char c62, char c63) {
    byte[] values = new byte[256];
    Arrays.fill(values, FOREIGN);
    for (int i = 0; i < 26; i++) {
      values['A' + i] = (byte) i;
      values['a' + i] = (byte) (26 + i);
    }
    for (int i = 0; i < 10; i++) {
      values['0' + i] = (byte) (52 + i);
    }
    values[c62] = 62;
    values[c63] = 63;
    return values;
  }

  private static byte[] decides(byte[] in, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (in[i]) {
        case '+', '/' -> {
          return STANDARD;
        }
        case '-', '_' -> {
          return URL;
        }
        default -> {}
      }
    }
    return STANDARD;
  }

  /** Room for what {@code characters} of input can decode to. */
  static int decodedMax(int characters) {
    return characters / 4 * 3;
  }

  /** Decodes into {@code out} and returns the length. Throws {@link DockerError}. */
  static int decode(byte[] in, int from, int to, byte[] out, Reading reading) {
    byte[] alphabet =
        switch (reading) {
          case AS_ENGINES -> STANDARD;
          case URL_SAFE_TOO -> decides(in, from, to);
        };
    GoBase64 decoder = new GoBase64(in, from, to, out, alphabet);
    while (decoder.at < to) {
      decoder.plainQuanta();
      decoder.quantum();
    }
    return decoder.length;
  }

  /** Decodes up to the last quantum, or the first with anything but the alphabet in it. */
  private void plainQuanta() {
    byte[] values = alphabet;
    int read = at;
    int written = length;
    for (; to - read > 4; read += 4) {
      int bits =
          values[in[read] & 0xff] << 18
              | values[in[read + 1] & 0xff] << 12
              | values[in[read + 2] & 0xff] << 6
              | values[in[read + 3] & 0xff];
      if (bits < 0) { // As FOREIGN is.
        break;
      }
      out[written] = (byte) (bits >> 16);
      out[written + 1] = (byte) (bits >> 8);
      out[written + 2] = (byte) bits;
      written += 3;
    }
    at = read;
    length = written;
  }

  private void quantum() {
    int bits = 0;
    for (int j = 0; j < 4; ) {
      if (at == to) {
        if (j == 0) {
          return;
        }
        throw corrupt(at - j);
      }
      byte c = in[at++];
      byte value = alphabet[c & 0xff];
      if (value != FOREIGN) {
        bits |= value << (18 - 6 * j);
        j++;
      } else if (c == '=') {
        padding(j);
        store(bits, j - 1);
        return;
      } else if (c != '\n' && c != '\r') {
        throw corrupt(at - 1);
      }
    }
    store(bits, 3);
  }

  /** The first {@code =} after {@code digits} of a quantum has been read; nothing may follow it. */
  private void padding(int digits) {
    if (digits < 2) {
      throw corrupt(at - 1);
    }
    if (digits == 2) {
      skipLineBreaks();
      if (at == to) {
        throw corrupt(to);
      }
      if (in[at] != '=') {
        throw corrupt(at - 1);
      }
      at++;
    }
    skipLineBreaks();
    if (at < to) {
      throw corrupt(at);
    }
  }

  private void skipLineBreaks() {
    while (at < to && (in[at] == '\n' || in[at] == '\r')) {
      at++;
    }
  }

  private void store(int bits, int count) {
    for (int i = 0; i < count; i++) {
      out[length++] = (byte) (bits >> (16 - 8 * i));
    }
  }

  private DockerError corrupt(int where) {
    return JsonErrors.base64(where - from);
  }
}
