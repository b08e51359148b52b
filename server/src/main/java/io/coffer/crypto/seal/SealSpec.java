package io.coffer.crypto.seal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which seal a store is opened with, as it is set: never a key, only where one is. */
public sealed interface SealSpec {
  /** As {@link Seal#kind} of the seals it gives. */
  String kind();

  /** The files it names, with which whoever has the data too has everything. */
  List<Path> files();

  /** The same, wherever the process is. */
  SealSpec absolute();

  /** Whether somebody has to give what is in no file. */
  boolean asks();

  /** A key in a file of its owner's alone. */
  record File(Path path) implements SealSpec {
    @Override
    public String kind() {
      return FileSeal.KIND;
    }

    @Override
    public List<Path> files() {
      return List.of(path);
    }

    @Override
    public SealSpec absolute() {
      return new File(path.toAbsolutePath().normalize());
    }

    @Override
    public boolean asks() {
      return false;
    }
  }

  /** A passphrase in somebody's head. */
  record Passphrase() implements SealSpec {
    @Override
    public String kind() {
      return PassphraseSeal.KIND;
    }

    @Override
    public List<Path> files() {
      return List.of();
    }

    @Override
    public SealSpec absolute() {
      return this;
    }

    @Override
    public boolean asks() {
      return true;
    }
  }

  /** A key in {@code count} shares, of which any {@code threshold} give it. */
  record Shares(int threshold, int count) implements SealSpec {
    public Shares {
      if (threshold < 2 || threshold > count || count > SharesSeal.SHARES_MAX) {
        throw new IllegalArgumentException(
            "of shares:K/N, K must be 2 or more and at most N, and N at most "
                + SharesSeal.SHARES_MAX);
      }
    }

    @Override
    public String kind() {
      return SharesSeal.KIND;
    }

    @Override
    public List<Path> files() {
      return List.of();
    }

    @Override
    public SealSpec absolute() {
      return this;
    }

    @Override
    public boolean asks() {
      return true;
    }
  }

  /** A key that never leaves the token of a PKCS#11 module. */
  record Token(Path module, String token, String key, Path pinFile) implements SealSpec {
    @Override
    public String kind() {
      return TokenSeal.KIND;
    }

    @Override
    public List<Path> files() {
      return List.of(pinFile);
    }

    @Override
    public SealSpec absolute() {
      return new Token(
          module.toAbsolutePath().normalize(), token, key, pinFile.toAbsolutePath().normalize());
    }

    @Override
    public boolean asks() {
      return false;
    }
  }

  /** The forms that {@link #parse} takes, for those who are told how to write one. */
  String FORMS =
      "file:PATH, passphrase, shares:K/N or pkcs11:MODULE?token=LABEL&key=LABEL&pin-file=PATH";

  /**
   * What {@code text} says, in one of the {@link #FORMS}.
   *
   * @throws IllegalArgumentException if it is none; its message repeats nothing of the text
   */
  static SealSpec parse(String text) {
    if (text.equals(PassphraseSeal.KIND)) {
      return new Passphrase();
    }
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (text.substring(0, Math.max(colon, 0))) {
      case FileSeal.KIND -> Reading.file(rest);
      case PassphraseSeal.KIND ->
          throw new IllegalArgumentException(
              "passphrase stands alone: it is asked for, and never part of a setting");
      case SharesSeal.KIND -> Reading.shares(rest);
      case TokenSeal.KIND -> Reading.token(rest);
      default -> throw Reading.unknown();
    };
  }

  /** How the longer forms are read. */
  final class Reading {
    private static final Pattern SHARES = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");
    private static final int LABEL_MAX = 32; // As long as PKCS#11 has room for.

    private Reading() {}

    private static IllegalArgumentException unknown() {
      return new IllegalArgumentException("must be " + FORMS);
    }

    private static SealSpec file(String path) {
      if (path.isEmpty()) {
        throw unknown();
      }
      return new File(Path.of(path));
    }

    private static SealSpec shares(String text) {
      Matcher matcher = SHARES.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("shares must be shares:K/N, such as shares:3/5");
      }
      return new Shares(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static SealSpec token(String text) {
      int mark = text.indexOf('?');
      if (mark < 1) {
        throw new IllegalArgumentException(
            "pkcs11 must be pkcs11:MODULE?token=LABEL&key=LABEL&pin-file=PATH");
      }
      Map<String, String> parts = new HashMap<>();
      for (String part : text.substring(mark + 1).split("&", -1)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : part.substring(0, equals);
        if (!List.of("token", "key", "pin-file").contains(name)) {
          throw new IllegalArgumentException(
              "pkcs11 takes token=, key= and pin-file=, with & between");
        }
        if (parts.put(name, part.substring(equals + 1)) != null) {
          throw new IllegalArgumentException("pkcs11 takes token=, key= and pin-file= once each");
        }
      }
      return new Token(
          Path.of(text.substring(0, mark)),
          label(parts, "token"),
          label(parts, "key"),
          Path.of(given(parts, "pin-file")));
    }

    private static String label(Map<String, String> parts, String name) {
      String label = given(parts, name);
      if (label.length() > LABEL_MAX || !label.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw new IllegalArgumentException(
            "of pkcs11, %s= must be 1 to %d printable ASCII characters".formatted(name, LABEL_MAX));
      }
      return label;
    }

    private static String given(Map<String, String> parts, String name) {
      return Optional.ofNullable(parts.get(name))
          .filter(value -> !value.isEmpty())
          .orElseThrow(() -> new IllegalArgumentException("pkcs11 needs %s=".formatted(name)));
    }
  }
}
