package io.coffer.api.docker.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes JSON as an engine does: no spaces, nothing escaped for HTML, maps ordered by {@link
 * Utf8Order}. The caller sees to commas and brackets, by {@link #raw}.
 */
final class JsonWriter {
  private static final String DIGITS = "0123456789abcdef";

  /** The longest form of one UTF-16 unit. */
  private static final int UNIT_MAX = 6;

  private byte[] out;
  private int length;

  JsonWriter(int expectedBytes) {
    out = new byte[expectedBytes];
  }

  /** Writes {@code ascii} as it is. */
  JsonWriter raw(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      out[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonWriter number(long unsigned) {
    return raw(Long.toUnsignedString(unsigned));
  }

  JsonWriter string(String text) {
    reserve(UNIT_MAX * text.length() + 2);
    out[length++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        out[length++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else {
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint) - 1;
        beyondAscii(codePoint);
      }
    }
    out[length++] = '"';
    return this;
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> two(c);
      case '\b' -> two('b');
      case '\f' -> two('f');
      case '\n' -> two('n');
      case '\r' -> two('r');
      case '\t' -> two('t');
      default -> unicode(c);
    }
  }

  /** Line separators are escaped for JavaScript's sake, half characters since they are none. */
  private void beyondAscii(int codePoint) {
    if (codePoint == 0x2028 || codePoint == 0x2029) {
      unicode(codePoint);
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      unicode(0xfffd);
    } else {
      length = GoUtf8.put(codePoint, out, length);
    }
  }

  private void two(char c) {
    out[length++] = '\\';
    out[length++] = (byte) c;
  }

  private void unicode(int unit) {
    two('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[length++] = (byte) DIGITS.charAt((unit >> shift) & 0xf);
    }
  }

  JsonWriter map(Map<String, String> map) {
    String separator = "{";
    for (Map.Entry<String, String> entry : ordered(map).entrySet()) {
      raw(separator).string(entry.getKey()).raw(":").string(entry.getValue());
      separator = ",";
    }
    return raw(map.isEmpty() ? "{}" : "}");
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    boolean ordered =
        map.size() < 2
            || (map instanceof SortedMap<String, String> sorted
                && Utf8Order.INSTANCE.equals(sorted.comparator()));
    return ordered ? map : Utf8Order.copyOf(map);
  }

  /** A time in UTC, of a year of four digits, its fraction without zeros at the end. */
  JsonWriter time(Instant instant) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    raw("\"").digits(utc.getYear(), 4);
    raw("-").digits(utc.getMonthValue(), 2);
    raw("-").digits(utc.getDayOfMonth(), 2);
    raw("T").digits(utc.getHour(), 2);
    raw(":").digits(utc.getMinute(), 2);
    raw(":").seconds(utc.getSecond(), utc.getNano());
    return raw("Z\"");
  }

  private void seconds(int whole, int nanos) {
    digits(whole, 2);
    if (nanos != 0) {
      raw(".").digits(nanos, 9);
      while (out[length - 1] == '0') {
        length--;
      }
    }
  }

  private void digits(int value, int count) {
    reserve(count);
    int rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** What was written, and a line feed. */
  byte[] line() {
    raw("\n");
    return Arrays.copyOf(out, length);
  }

  private void reserve(int bytes) {
    if (out.length - length < bytes) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + bytes));
    }
  }
}
