package io.coffer.api.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.coffer.Problem;
import io.coffer.wire.MapKeySpec;
import io.coffer.wire.Validation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The validation options of one field: required, pattern (of the whole), length in characters or
 * bytes, value, size of a list or map, unique elements, and pattern and length of a map's keys.
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Each option may be absent.
record FieldRules(
    FieldDescriptor field,
    boolean required,
    boolean unique,
    Optional<Pattern> pattern,
    Optional<Bounds> length,
    Optional<Bounds> value,
    Optional<Bounds> size,
    Optional<Pattern> keyPattern,
    Optional<Bounds> keyLength) {

  static FieldRules of(FieldDescriptor field) {
    FieldOptions options = field.getOptions();
    MapKeySpec key = options.getExtension(Validation.mapKey);
    boolean number =
        field.getJavaType() == FieldDescriptor.JavaType.INT
            || field.getJavaType() == FieldDescriptor.JavaType.LONG;
    return new FieldRules(
        field,
        options.getExtension(Validation.required),
        options.getExtension(Validation.unique),
        pattern(options.getExtension(Validation.pattern)),
        Bounds.parse(options.getExtension(Validation.length)),
        number ? Bounds.parse(options.getExtension(Validation.value)) : Optional.empty(),
        Bounds.parse(options.getExtension(Validation.size)),
        pattern(key.getPattern()),
        Bounds.parse(key.getLength()));
  }

  private static Optional<Pattern> pattern(String option) {
    return option.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(option));
  }

  boolean isEmpty() {
    return !required
        && !unique
        && pattern.isEmpty()
        && length.isEmpty()
        && value.isEmpty()
        && size.isEmpty()
        && keyPattern.isEmpty()
        && keyLength.isEmpty();
  }

  /**
   * Throws {@link Problem.Violated} for the first rule of this field that does not hold.
   *
   * @param path of the message, empty or ending with a dot
   */
  void check(Message message, String path) {
    String name = path + field.getName();
    if (field.isRepeated()) {
      checkElements(message, name);
      return;
    }
    boolean present =
        field.hasPresence()
            ? message.hasField(field)
            : !message.getField(field).equals(field.getDefaultValue());
    if (!present) {
      if (required) {
        throw new Problem.Violated(name, "presence", "required").asException();
      }
      return;
    }
    checkValue(message.getField(field), name);
  }

  private void checkElements(Message message, String name) {
    int count = message.getRepeatedFieldCount(field);
    if (required && count == 0) {
      throw new Problem.Violated(name, "presence", "required").asException();
    }
    if (size.isPresent() && !size.get().contain(count)) {
      throw new Problem.Violated(name, "size", size.get().text()).asException();
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Object element = message.getRepeatedField(field, i);
      if (field.isMapField()) {
        checkEntry((MapEntry<?, ?>) element, name);
      } else {
        checkValue(element, name + "[" + i + "]");
        if (unique && !seen.add(element)) {
          throw new Problem.Violated(name, "elements", "unique").asException();
        }
      }
    }
  }

  private void checkEntry(MapEntry<?, ?> entry, String name) {
    if (entry.getKey() instanceof String key) {
      checkText(key, name + " key", keyPattern, keyLength);
    }
    checkValue(entry.getValue(), name + " value");
  }

  private void checkValue(Object given, String name) {
    switch (given) {
      case String text -> checkText(text, name, pattern, length);
      case ByteString bytes -> checkLength(bytes.size(), name, length);
      case Integer number -> checkNumber(number, name);
      case Long number -> checkNumber(number, name);
      default -> {} // Messages have rules of their own; other types have none.
    }
  }

  private void checkNumber(long number, String name) {
    if (value.isPresent() && !value.get().contain(number)) {
      throw new Problem.Violated(name, "value", value.get().text()).asException();
    }
  }

  private static void checkText(
      String text, String name, Optional<Pattern> pattern, Optional<Bounds> length) {
    checkLength(text.codePointCount(0, text.length()), name, length);
    if (pattern.isPresent() && !pattern.get().matcher(text).matches()) {
      throw new Problem.Violated(name, "pattern", pattern.get().pattern()).asException();
    }
  }

  private static void checkLength(int measured, String name, Optional<Bounds> length) {
    if (length.isPresent() && !length.get().contain(measured)) {
      throw new Problem.Violated(name, "length", length.get().text()).asException();
    }
  }

  /**
   * As the options spell them: {@code <=50}, {@code 1-63}.
   *
   * @param text as spelled
   */
  record Bounds(long least, long most, String text) {
    static Optional<Bounds> parse(String option) {
      if (option.isEmpty()) {
        return Optional.empty();
      }
      if (option.startsWith("<=")) {
        long most = Long.parseLong(option.substring(2));
        return Optional.of(new Bounds(Long.MIN_VALUE, most, option));
      }
      int dash = option.indexOf('-', 1);
      return Optional.of(
          dash < 0
              ? new Bounds(Long.parseLong(option), Long.parseLong(option), option)
              : new Bounds(
                  Long.parseLong(option.substring(0, dash)),
                  Long.parseLong(option.substring(dash + 1)),
                  option));
    }

    boolean contain(long number) {
      return least <= number && number <= most;
    }
  }
}
