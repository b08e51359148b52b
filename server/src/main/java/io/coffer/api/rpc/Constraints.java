package io.coffer.api.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.coffer.Problem;
import io.coffer.wire.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks a message against the validation options of its descriptor, in the order of fields. The
 * first that does not hold is answered with {@link Problem.Violated}: field, rule, limit.
 */
final class Constraints {
  private static final ConcurrentHashMap<Descriptor, List<Check>> CHECKS =
      new ConcurrentHashMap<>();

  private Constraints() {}

  /** One rule of one message type. */
  @FunctionalInterface
  private interface Check {
    void of(Message message, String path);
  }

  static void check(Message message) {
    check(message, "");
  }

  private static void check(Message message, String path) {
    // Not computeIfAbsent: a recursive type would come back here while its entry is made.
    Descriptor type = message.getDescriptorForType();
    List<Check> checks = CHECKS.get(type);
    if (checks == null) {
      checks = compile(type);
      CHECKS.put(type, checks);
    }
    for (Check check : checks) {
      check.of(message, path);
    }
  }

  private static List<Check> compile(Descriptor type) {
    List<Check> checks = new ArrayList<>();
    for (OneofDescriptor oneof : type.getOneofs()) {
      if (oneof.getOptions().getExtension(Validation.exactlyOne)) {
        checks.add((message, path) -> {
          if (!message.hasOneof(oneof)) {
            throw new Problem.Violated(path + oneof.getName(), "members set", "exactly one")
                .asException();
          }
        });
      }
    }
    for (FieldDescriptor field : type.getFields()) {
      FieldRules rules = FieldRules.of(field);
      boolean nested =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
      if (!rules.isEmpty()) {
        checks.add((message, path) -> {
          if (!passedOver(message, field)) {
            rules.check(message, path);
          }
        });
      }
      if (nested && field.isRepeated()) {
        checks.add((message, path) -> checkEach(message, field, path));
      } else if (nested) {
        checks.add((message, path) -> {
          if (message.hasField(field)) {
            check((Message) message.getField(field), path + field.getName() + ".");
          }
        });
      }
    }
    return List.copyOf(checks);
  }

  /**
   * Absent, and not asked for by a mask that asks for others. The mask stands before its fields.
   */
  private static boolean passedOver(Message message, FieldDescriptor field) {
    FieldDescriptor mask = message.getDescriptorForType().findFieldByName("update_mask");
    if (mask == null || field.getNumber() <= mask.getNumber() || !isAbsent(message, field)) {
      return false;
    }
    List<String> paths = ((FieldMask) message.getField(mask)).getPathsList();
    return !paths.isEmpty()
        && !paths.contains(field.getName())
        && !paths.contains(field.getJsonName());
  }

  private static boolean isAbsent(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return message.getRepeatedFieldCount(field) == 0;
    }
    return field.hasPresence()
        ? !message.hasField(field)
        : message.getField(field).equals(field.getDefaultValue());
  }

  private static void checkEach(Message message, FieldDescriptor field, String path) {
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      check((Message) message.getRepeatedField(field, i), path + field.getName() + "[" + i + "].");
    }
  }
}
