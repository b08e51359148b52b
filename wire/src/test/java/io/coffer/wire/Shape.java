package io.coffer.wire;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything a set of .proto files declares, by full name. Order, comments, imports and the options
 * of whole files (Java and Go packages) do not count.
 */
final class Shape {
  private final SortedMap<String, Element> elements = new TreeMap<>();

  /** Options that are extensions must be known to whoever parsed the files. */
  static Shape of(Collection<FileDescriptorProto> files) {
    Shape shape = new Shape();
    files.forEach(shape::file);
    return shape;
  }

  /**
   * One line for each difference, sorted. Of something only one side has, just the outermost
   * element is named.
   */
  List<String> differencesFrom(Shape published) {
    TreeSet<String> names = new TreeSet<>(elements.keySet());
    names.addAll(published.elements.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Element ours = elements.get(name);
      Element theirs = published.elements.get(name);
      if (ours != null && theirs != null) {
        differences.addAll(ours.differencesFrom(name, theirs));
      } else if (ours != null && published.couldHold(ours)) {
        differences.add("%s: only ours, %s".formatted(name, ours.kind()));
      } else if (theirs != null && couldHold(theirs)) {
        differences.add("%s: only published, %s".formatted(name, theirs.kind()));
      }
    }
    return differences;
  }

  boolean has(String name) {
    return elements.containsKey(name);
  }

  private boolean couldHold(Element element) {
    return element.parent().isEmpty() || elements.containsKey(element.parent());
  }

  private void file(FileDescriptorProto file) {
    String name = file.getName();
    add(name, "file", "", Map.of("package", file.getPackage(), "syntax", file.getSyntax()));
    String scope = file.getPackage();
    file.getMessageTypeList().forEach(m -> message(m, scope, name));
    file.getEnumTypeList().forEach(e -> enumeration(e, scope, name));
    file.getServiceList().forEach(s -> service(s, scope, name));
    file.getExtensionList().forEach(e -> field(e, scope, name, List.of()));
  }

  private void message(DescriptorProto message, String scope, String parent) {
    String name = scope + "." + message.getName();
    Map<String, String> traits = options(message.getOptions());
    if (message.getReservedRangeCount() + message.getReservedNameCount() > 0) {
      traits.put("reserved", reserved(message));
    }
    add(name, "message", parent, traits);
    message.getNestedTypeList().forEach(m -> message(m, name, name));
    message.getEnumTypeList().forEach(e -> enumeration(e, name, name));
    message.getOneofDeclList().forEach(o -> oneof(o, name));
    message.getFieldList().forEach(f -> field(f, name, name, message.getOneofDeclList()));
  }

  private void oneof(OneofDescriptorProto oneof, String message) {
    add(message + "." + oneof.getName(), "oneof", message, options(oneof.getOptions()));
  }

  private void field(
      FieldDescriptorProto field, String scope, String parent, List<OneofDescriptorProto> oneofs) {
    Map<String, String> traits = options(field.getOptions());
    traits.put("number", Integer.toString(field.getNumber()));
    traits.put("label", field.getLabel().name());
    traits.put("type", field.getType().name() + field.getTypeName());
    traits.put("optional", Boolean.toString(field.getProto3Optional()));
    if (field.hasOneofIndex()) {
      traits.put("oneof", oneofs.get(field.getOneofIndex()).getName());
    }
    if (field.hasExtendee()) {
      traits.put("extends", field.getExtendee());
    }
    add(scope + "." + field.getName(), field.hasExtendee() ? "extension" : "field", parent, traits);
  }

  private void enumeration(EnumDescriptorProto enumeration, String scope, String parent) {
    String name = scope + "." + enumeration.getName();
    add(name, "enum", parent, options(enumeration.getOptions()));
    for (var value : enumeration.getValueList()) {
      Map<String, String> traits = options(value.getOptions());
      traits.put("number", Integer.toString(value.getNumber()));
      add(name + "." + value.getName(), "enum value", name, traits);
    }
  }

  private void service(ServiceDescriptorProto service, String scope, String parent) {
    String name = scope + "." + service.getName();
    add(name, "service", parent, options(service.getOptions()));
    service.getMethodList().forEach(m -> rpc(m, name));
  }

  private void rpc(MethodDescriptorProto rpc, String service) {
    Map<String, String> traits = options(rpc.getOptions());
    traits.put("input", streamed(rpc.getClientStreaming()) + rpc.getInputType());
    traits.put("output", streamed(rpc.getServerStreaming()) + rpc.getOutputType());
    add(service + "." + rpc.getName(), "rpc", service, traits);
  }

  private void add(String name, String kind, String parent, Map<String, String> traits) {
    if (elements.put(name, new Element(kind, parent, new TreeMap<>(traits))) != null) {
      throw new AssertionError("declared twice: " + name);
    }
  }

  private static String streamed(boolean streaming) {
    return streaming ? "stream " : "";
  }

  private static String reserved(DescriptorProto message) {
    return Stream.concat(
            message.getReservedRangeList().stream().map(Shape::range),
            message.getReservedNameList().stream())
        .collect(Collectors.joining(" "));
  }

  /** The end of a range is exclusive in a descriptor and inclusive in a file. */
  private static String range(ReservedRange range) {
    return "%d-%d".formatted(range.getStart(), range.getEnd() - 1);
  }

  private static Map<String, String> options(Message options) {
    Map<String, String> traits = new TreeMap<>();
    options.getAllFields().forEach((field, value) -> traits.put(nameOf(field), print(value)));
    options.getUnknownFields().asMap().keySet().forEach(n -> traits.put("option " + n, "unknown"));
    return traits;
  }

  private static String nameOf(FieldDescriptor field) {
    return field.isExtension() ? "(%s)".formatted(field.getFullName()) : field.getName();
  }

  private static String print(Object value) {
    return value instanceof Message message
        ? TextFormat.printer().emittingSingleLine(true).printToString(message)
        : value.toString();
  }
}
