package io.coffer.api.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What an operator is told, flat. No secret is ever in it. */
final class OperatorJson {
  private static final JsonFactory JSON = new JsonFactory();

  private OperatorJson() {}

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  static String status(SealStatus status) {
    return object(json -> {
      json.writeStringField("state", status.open() ? "open" : "sealed");
      json.writeStringField("store", status.store());
      json.writeStringField("seal", status.kind());
      json.writeStringField("fingerprint", status.fingerprint());
      json.writeNumberField("given", status.given());
      json.writeNumberField("needed", status.needed());
    });
  }

  static String term(int term) {
    return object(json -> json.writeNumberField("term", term));
  }

  static String message(String words) {
    return object(json -> json.writeStringField("message", words));
  }

  private static String object(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: it is written to memory", e);
    }
    return text.toString();
  }
}
