package io.coffer.api.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.coffer.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Messages as JSON, as Yandex Cloud's REST answers have it: lower camel case, booleans always, what
 * is empty never.
 */
final class JsonForm {
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

  /** Adds what {@code json} says to {@code target}; throws {@link Problem.Invalid}. */
  void parse(String json, Message.Builder target) {
    try {
      parser.merge(json, target);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      // The parser's own words may repeat the body, and the body may hold a payload.
      throw new Problem.Invalid("body", "is not the JSON of this request").asException();
    }
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
