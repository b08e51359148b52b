package io.coffer.api.docker.wire;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decodes checked JSON as one of the two forms of filters. A key sent again replaces the first. */
final class FilterReader {
  /** What holds the values of a key. */
  enum Form {
    /** {@code {"value":true}} */
    MAPS(JsonKind.OBJECT),
    /** {@code ["value"]} */
    LISTS(JsonKind.ARRAY);

    private final JsonKind holder;

    Form(JsonKind holder) {
      this.holder = holder;
    }

    /** The values by key; empty if anything in the text has another form. */
    Optional<Map<String, List<String>>> read(byte[] text) {
      FilterReader reader = new FilterReader(new JsonCursor(text), this);
      reader.root();
      return reader.fits ? Optional.of(reader.keys) : Optional.empty();
    }
  }

  private final JsonCursor cursor;
  private final Form form;
  private final Map<String, List<String>> keys = new LinkedHashMap<>();
  private boolean fits = true;

  private FilterReader(JsonCursor cursor, Form form) {
    this.cursor = cursor;
    this.form = form;
  }

  private void root() {
    if (!entered(JsonKind.OBJECT)) {
      return;
    }
    while (cursor.more()) {
      keys.put(cursor.name().text(), values());
    }
  }

  private List<String> values() {
    Set<String> values = new LinkedHashSet<>();
    if (entered(form.holder)) {
      while (cursor.more()) {
        values.add(value());
      }
    }
    return List.copyOf(values);
  }

  private String value() {
    return switch (form) {
      case MAPS -> {
        String value = cursor.name().text();
        fits &= cursor.peek() == JsonKind.BOOL || cursor.peek() == JsonKind.NULL;
        cursor.skip();
        yield value;
      }
      case LISTS -> {
        if (cursor.peek() == JsonKind.STRING) {
          yield cursor.string().text();
        }
        fits &= cursor.peek() == JsonKind.NULL;
        cursor.skip();
        yield "";
      }
    };
  }

  /** Enters the next value if it is a {@code wanted}, else skips it; {@code null} fits anywhere. */
  private boolean entered(JsonKind wanted) {
    if (cursor.peek() == wanted) {
      cursor.enter();
      return true;
    }
    fits &= cursor.peek() == JsonKind.NULL;
    cursor.skip();
    return false;
  }
}
