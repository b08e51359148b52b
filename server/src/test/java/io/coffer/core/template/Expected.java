package io.coffer.core.template;

import io.coffer.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Go 1.19 makes of templates: a line each, quoted as Go quotes, with {@code =} and what it
 * expands to, or {@code !} and what is wrong; under the names of constructs.
 */
final class Expected {
  private Expected() {}

  record Case(Bytes template, boolean expands, Bytes outcome) {}

  static Map<String, List<Case>> byConstruct() {
    Map<String, List<Case>> constructs = new LinkedHashMap<>();
    List<Case> cases = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("# ")) {
        cases = new ArrayList<>();
        constructs.put(line.substring(2), cases);
      } else {
        String[] parts = line.split("\t", -1);
        cases.add(new Case(unquoted(parts[0]), parts[1].equals("="), unquoted(parts[2])));
      }
    }
    return constructs;
  }

  private static List<String> lines() {
    try (InputStream in =
        Objects.requireNonNull(Expected.class.getResourceAsStream("templates.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes unquoted(String quoted) {
    try (Memory memory = new Memory(Expansion.MEMORY_MAX)) {
      Text text = Constants.unquoted(memory, Text.of(quoted)).orElseThrow();
      return Bytes.copyOf(Arrays.copyOfRange(text.bytes(), text.from(), text.to()));
    }
  }
}
