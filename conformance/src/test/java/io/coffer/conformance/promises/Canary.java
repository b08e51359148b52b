package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A secret text that is nowhere by chance, and how it looks where it got away. */
record Canary(String text) {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int LENGTH = 48;
  private static final int BASE64_GROUP = 3;

  static Canary random(RandomGenerator random) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Canary(text.toString());
  }

  /** The forms of it that {@code bytes} has: plain, hex, UTF-16, or base64 within anything. */
  List<String> foundIn(byte[] bytes) {
    String haystack = new String(bytes, ISO_8859_1);
    String lower = haystack.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    if (haystack.contains(text)) {
      found.add("plain");
    }
    if (haystack.contains(String.join("\0", text.split("")))) {
      found.add("UTF-16");
    }
    if (lower.contains(HexFormat.of().formatHex(text.getBytes(US_ASCII)))) {
      found.add("hex");
    }
    String urlSafe = haystack.replace('+', '-').replace('/', '_');
    for (int offset = 0; offset < BASE64_GROUP; offset++) {
      if (urlSafe.contains(base64Within(offset))) {
        found.add("base64 at " + offset);
      }
    }
    return found;
  }

  /** What base64 makes of it after {@code offset} other bytes, without what those touch. */
  private String base64Within(int offset) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((" ".repeat(offset) + text).getBytes(US_ASCII));
    int touched = offset == 0 ? 0 : BASE64_GROUP + 1;
    return encoded.substring(touched, encoded.length() - BASE64_GROUP - 1);
  }
}
