package io.coffer.api.docker.wire;

import io.coffer.SecretBytes;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a checked JSON text as a {@link SecretSpec}. Member names match whatever their case,
 * unknown ones are ignored, of equal ones the last text wins and objects merge. The first value of
 * a wrong type ends it.
 */
final class SecretSpecReader implements AutoCloseable {
  private static final String DATA = "SecretSpec.Data";

  private final JsonCursor cursor;
  private final TreeMap<String, String> labels = new TreeMap<>(Utf8Order.INSTANCE);
  private final DataField data = new DataField(GoBase64.Reading.URL_SAFE_TOO);
  private String name = "";
  private @Nullable DriverReader driver;
  private @Nullable DriverReader templating;

  SecretSpecReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** The caller closes the spec. Throws {@link DockerError}. */
  SecretSpec read() {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case OBJECT -> members();
      case NULL -> {}
      case ARRAY, STRING, NUMBER, BOOL -> throw JsonErrors.rootType(kind, "swarm.SecretSpec");
    }
    return spec();
  }

  @SuppressWarnings("MustBeClosedChecker") // The spec closes it.
  private SecretSpec spec() {
    SecretBytes payload = data.take();
    return new SecretSpec(
        name,
        labels,
        payload,
        driver == null ? null : driver.driver(),
        templating == null ? null : templating.driver());
  }

  private void members() {
    cursor.enter();
    while (cursor.more()) {
      JsonString member = cursor.name();
      if (member.names("NAME")) {
        name = DriverReader.text(cursor, "SecretSpec.Annotations.Name", name);
      } else if (member.names("LABELS")) {
        DriverReader.texts(cursor, "SecretSpec.Annotations.Labels", labels);
      } else if (member.names("DATA")) {
        data();
      } else if (member.names("DRIVER")) {
        driver = driver("Driver", driver);
      } else if (member.names("TEMPLATING")) {
        templating = driver("Templating", templating);
      } else {
        cursor.skip();
      }
    }
  }

  private @Nullable DriverReader driver(String field, @Nullable DriverReader before) {
    JsonKind kind = cursor.peek();
    return switch (kind) {
      case OBJECT -> {
        DriverReader reader = before == null ? new DriverReader(field) : before;
        reader.read(cursor);
        yield reader;
      }
      case NULL -> {
        cursor.skip();
        yield null;
      }
      case ARRAY, STRING, NUMBER, BOOL ->
          throw JsonErrors.fieldType(kind.word(), "SecretSpec." + field, "swarm.Driver");
    };
  }

  private void data() {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case STRING -> cursor.string().base64(data);
      case ARRAY -> dataElements();
      case NULL -> {
        cursor.skip();
        data.clear();
      }
      case OBJECT, NUMBER, BOOL -> throw JsonErrors.fieldType(kind.word(), DATA, "[]uint8");
    }
  }

  private void dataElements() {
    int count = 0;
    cursor.enter();
    while (cursor.more()) {
      data.reach(count);
      dataElement(count);
      count++;
    }
    if (count == 0) {
      data.clear();
    }
    data.cut(count);
  }

  private void dataElement(int index) {
    JsonKind kind = cursor.peek();
    switch (kind) {
      case NUMBER -> data.set(index, uint8(cursor.number()));
      case NULL -> cursor.skip();
      case OBJECT, ARRAY, STRING, BOOL -> throw JsonErrors.fieldType(kind.word(), DATA, "uint8");
    }
  }

  /** JSON forbids leading zeros, so three digits are enough. */
  private static int uint8(String number) {
    boolean digits = number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Integer.parseInt(number) > 255) {
      throw JsonErrors.fieldType("number " + number, DATA, "uint8");
    }
    return Integer.parseInt(number);
  }

  /** Wipes what was not handed over. */
  @Override
  public void close() {
    data.close();
  }
}
