package io.coffer.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.coffer.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Messages as JSON, as Yandex Cloud's REST answers have it: lower camel case, booleans always, what
 * is empty never.
 */
final class JsonForm {
  private static final int DEPTH_MAX = 100;

  /**
   * Names are not interned: a malformed body may have anything for a name. Buffers are not kept for
   * the next body: there may be values in them.
   */
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .build();

  private final JsonFormat.Printer printer;
  private final JsonFormat.Parser parser;

  /**
   * @param types all messages that may be printed, also inside an {@code Any}
   */
  JsonForm(Collection<Descriptor> types) {
    TypeRegistry registry = TypeRegistry.newBuilder().add(types).build();
    Set<FieldDescriptor> booleans = new HashSet<>();
    Set<Descriptor> seen = new HashSet<>();
    types.forEach(type -> collectBooleans(type, booleans, seen));
    JsonFormat.Printer compact =
        JsonFormat.printer().usingTypeRegistry(registry).omittingInsignificantWhitespace();
    this.printer = booleans.isEmpty() ? compact : compact.includingDefaultValueFields(booleans);
    this.parser = JsonFormat.parser().usingTypeRegistry(registry).ignoringUnknownFields();
  }

  String print(Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a message that does not print: " + message.getClass(), e);
    }
  }

  /**
   * Adds what {@code body} says to {@code target}, nothing if it is blank.
   *
   * @param body JSON in UTF-8; {@link Problem.Invalid} if it is not, to the letter: what is mended
   *     in silence is stored as something else than was meant
   */
  void parse(byte[] body, Message.Builder target) {
    try {
      String json = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (!json.isBlank() && isOneValue(json)) {
        parser.merge(json, target);
      }
    } catch (IOException | RuntimeException e) {
      // The parser's own words may repeat the body, and the body may hold a payload.
      throw notJson();
    }
  }

  /** The parser that reads into messages takes more for JSON than is. */
  private static boolean isOneValue(String json) throws IOException {
    try (JsonParser tokens = STRICT.createParser(json)) {
      int depth = 0;
      do {
        JsonToken token = tokens.nextToken();
        if (token == null) {
          throw notJson();
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEPTH_MAX
            || (token == JsonToken.VALUE_STRING && !isUnicode(tokens.getText()))) {
          throw notJson();
        }
      } while (depth > 0);
      if (tokens.nextToken() != null) {
        throw notJson();
      }
      return true;
    }
  }

  /** Half of a surrogate pair is no character: it would be stored as a question mark. */
  private static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static RuntimeException notJson() {
    return new Problem.Invalid("body", "is not the JSON of this request").asException();
  }

  private static void collectBooleans(
      Descriptor type, Set<FieldDescriptor> booleans, Set<Descriptor> seen) {
    if (!seen.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collectBooleans(field.getMessageType(), booleans, seen);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN
          && !field.isRepeated()
          && !field.hasPresence()
          && !type.getFullName().startsWith("google.protobuf.")) {
        booleans.add(field);
      }
    }
  }
}
