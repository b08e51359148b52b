package io.coffer.api.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The table of roles as it is written by hand, in {@code roles.txt}. */
record RoleTable(Set<String> roles, Map<String, Row> rows, Set<String> free) {
  /** A verb, the kind of resource it is asked on, and who may. */
  record Row(String verb, Kind on, Set<String> roles) {}

  /** Of resources. */
  enum Kind {
    CLOUD,
    FOLDER,
    SECRET,
    KEY,
    ACCOUNT,
    GROUP,
    FEDERATION
  }

  static RoleTable read() {
    Set<String> roles = new LinkedHashSet<>();
    Map<String, Row> rows = new LinkedHashMap<>();
    Set<String> free = new LinkedHashSet<>();
    for (String line : lines()) {
      List<String> words = new ArrayList<>(List.of(line.split(" +")));
      switch (words.getFirst()) {
        case "role" -> roles.add(words.get(1));
        case "free" -> free.add(words.get(1));
        default -> {
          Row row =
              new Row(
                  words.get(0),
                  Kind.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                  new LinkedHashSet<>(words.subList(2, words.size())));
          if (!roles.containsAll(row.roles()) || rows.put(row.verb(), row) != null) {
            throw new AssertionError("no row: " + line);
          }
        }
      }
    }
    return new RoleTable(roles, rows, free);
  }

  private static List<String> lines() {
    try (InputStream in = RoleTable.class.getResourceAsStream("roles.txt")) {
      if (in == null) {
        throw new AssertionError("no table");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
