package io.coffer.api.docker.wire;

import java.util.Map;
import java.util.TreeMap;

/** Collects a {@link Driver} from one object, or from several that were sent under one name. */
final class DriverReader {
  private static final String STRING = "string";

  private final String field;
  private final TreeMap<String, String> options = new TreeMap<>(Utf8Order.INSTANCE);
  private String name = "";

  /** {@code field} is the member of the spec this is under. */
  DriverReader(String field) {
    this.field = field;
  }

  void read(JsonCursor cursor) {
    cursor.enter();
    while (cursor.more()) {
      JsonString member = cursor.name();
      if (member.names("NAME")) {
        name = text(cursor, path("Name"), name);
      } else if (member.names("OPTIONS")) {
        texts(cursor, path("Options"), options);
      } else {
        cursor.skip();
      }
    }
  }

  Driver driver() {
    return new Driver(name, options);
  }

  private String path(String member) {
    return "Driver." + field + "." + member;
  }

  /** The next value as a text; {@code null} leaves {@code before}. */
  static String text(JsonCursor cursor, String path, String before) {
    JsonKind kind = cursor.peek();
    return switch (kind) {
      case STRING -> cursor.string().text();
      case NULL -> {
        cursor.skip();
        yield before;
      }
      case OBJECT, ARRAY, NUMBER, BOOL -> throw JsonErrors.fieldType(kind.word(), path, STRING);
    };
  }

  /** Adds the next value's members to {@code map}; {@code null} empties it. */
  static void texts(JsonCursor cursor, String path, Map<String, String> map) {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case OBJECT -> {
        cursor.enter();
        while (cursor.more()) {
          String key = cursor.name().text();
          map.put(key, text(cursor, path, ""));
        }
      }
      case NULL -> {
        cursor.skip();
        map.clear();
      }
      case ARRAY, STRING, NUMBER, BOOL ->
          throw JsonErrors.fieldType(kind.word(), path, "map[string]string");
    }
  }
}
