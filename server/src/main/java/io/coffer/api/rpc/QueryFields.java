package io.coffer.api.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.coffer.Problem;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/**
 * Query parameters as fields of a request: {@code pageSize} or {@code page_size}, and {@code
 * folderAndName.folderId} for a field of a field. Unknown ones are ignored, as Google's own
 * transcoding libraries do on request.
 */
final class QueryFields {
  private QueryFields() {}

  static void set(Message.Builder request, String name, String value) {
    Message.Builder target = request;
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      Optional<FieldDescriptor> field = field(target.getDescriptorForType(), path[i]);
      if (field.isEmpty()
          || field.get().isRepeated()
          || field.get().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        return;
      }
      target = sub(target, field.get());
    }
    Message.Builder holder = target;
    field(target.getDescriptorForType(), path[path.length - 1])
        .ifPresent(field -> set(holder, field, name, value));
  }

  private static Message.Builder sub(Message.Builder target, FieldDescriptor field) {
    requireFree(target, field);
    return target.getFieldBuilder(field);
  }

  /** A second member of a oneof would silently push out the first. */
  private static void requireFree(Message.Builder target, FieldDescriptor field) {
    if (field.getRealContainingOneof() != null
        && target.hasOneof(field.getRealContainingOneof())
        && !target.hasField(field)) {
      throw new Problem.Violated(
              field.getRealContainingOneof().getName(), "members set", "at most one")
          .asException();
    }
  }

  private static Optional<FieldDescriptor> field(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
        .findFirst();
  }

  private static void set(Message.Builder target, FieldDescriptor field, String name, String text) {
    if (isTime(field)) {
      target.setField(field, time(name, text));
      return;
    }
    if (field.isMapField() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return;
    }
    requireFree(target, field);
    Object value = value(field, name, text);
    if (field.isRepeated()) {
      target.addRepeatedField(field, value);
    } else {
      target.setField(field, value);
    }
  }

  private static boolean isTime(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && field.getMessageType().equals(Timestamp.getDescriptor());
  }

  /** As in JSON. Left out, a change that is to come later would come at once. */
  private static Timestamp time(String name, String text) {
    try {
      return Timestamps.parse(text);
    } catch (ParseException e) {
      throw new Problem.Invalid(name, "is not a time, as 2030-01-01T00:00:00Z").asException();
    }
  }

  private static Object value(FieldDescriptor field, String name, String text) {
    try {
      return switch (field.getJavaType()) {
        case STRING -> text;
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BOOLEAN -> bool(name, text);
        case BYTE_STRING -> ByteString.copyFrom(Base64.getUrlDecoder().decode(text));
        case ENUM -> enumValue(field, name, text);
        case MESSAGE -> throw new AssertionError("not a scalar");
      };
    } catch (IllegalArgumentException e) {
      throw new Problem.Invalid(name, "is not a value of its type").asException();
    }
  }

  private static Boolean bool(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Problem.Invalid(name, "must be true or false").asException();
    };
  }

  private static EnumValueDescriptor enumValue(FieldDescriptor field, String name, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null) {
      throw new Problem.Invalid(name, "is not a value of its enumeration").asException();
    }
    return value;
  }
}
