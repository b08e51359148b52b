package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.coffer.conformance.cases.Json;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.iam.v1.IamTokenServiceGrpc;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.operation.OperationServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests of REST as remote procedure calls, by the http rules of the published descriptors: what
 * is in path, query and body becomes one message. The reading of rules is a second one, and knows
 * nothing of the server's.
 */
final class Rpcs {
  /** A method and the message it is called with. */
  record Call(MethodDescriptor<Message, Message> method, Message request) {}

  /** There is no such method, or no message can say what the request says. */
  static final class NoSuchCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchCall(String reason) {
      super(reason);
    }
  }

  /** One http rule: {@code path} has a group for each of {@code fields}. */
  private record Rule(
      MethodDescriptor<Message, Message> method,
      String httpMethod,
      Pattern path,
      List<String> fields) {}

  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)\\}");
  private static final String SEGMENT = "([^/:]+)";

  private static final List<Rule> RULES =
      Stream.of(
              SecretServiceGrpc.getServiceDescriptor(),
              PayloadServiceGrpc.getServiceDescriptor(),
              OperationServiceGrpc.getServiceDescriptor(),
              ApiEndpointServiceGrpc.getServiceDescriptor(),
              IamTokenServiceGrpc.getServiceDescriptor())
          .map(ServiceDescriptor::getMethods)
          .flatMap(methods -> methods.stream().map(Rpcs::rules).flatMap(List::stream))
          .toList();

  private Rpcs() {}

  /** The files that declare the methods. */
  static Set<FileDescriptor> files() {
    Set<FileDescriptor> files = new HashSet<>();
    for (Rule rule : RULES) {
      files.add(schema(rule.method()).getFileDescriptor());
    }
    return files;
  }

  private static ProtoMethodDescriptorSupplier schema(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema) {
      return schema;
    }
    throw new AssertionError("no descriptor of " + method.getFullMethodName());
  }

  private static List<Rule> rules(MethodDescriptor<?, ?> method) {
    HttpRule first =
        schema(method).getMethodDescriptor().getOptions().getExtension(AnnotationsProto.http);
    List<Rule> rules = new ArrayList<>();
    rules.add(rule(method, first));
    first.getAdditionalBindingsList().forEach(more -> rules.add(rule(method, more)));
    if (method.equals(OperationServiceGrpc.getCancelMethod())) {
      // The documentation has it so, and the corpus with it.
      rules.add(rule(method, first.toBuilder().setPost(first.getGet()).build()));
    }
    return rules;
  }

  @SuppressWarnings("unchecked") // The messages of the wire module are all messages.
  private static Rule rule(MethodDescriptor<?, ?> method, HttpRule rule) {
    String template =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case POST -> rule.getPost();
          case PATCH -> rule.getPatch();
          case PUT -> rule.getPut();
          case DELETE -> rule.getDelete();
          case CUSTOM, PATTERN_NOT_SET ->
              throw new AssertionError("no path of " + method.getFullMethodName());
        };
    List<String> fields = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    Matcher variable = VARIABLE.matcher(template);
    int from = 0;
    while (variable.find()) {
      path.append(Pattern.quote(template.substring(from, variable.start()))).append(SEGMENT);
      fields.add(variable.group(1));
      from = variable.end();
    }
    path.append(Pattern.quote(template.substring(from)));
    return new Rule(
        (MethodDescriptor<Message, Message>) method,
        rule.getPatternCase().name(),
        Pattern.compile(path.toString()),
        List.copyOf(fields));
  }

  /** Throws {@link NoSuchCall} if there is none for the request. */
  static Call of(String httpMethod, String target, @Nullable JsonNode body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    for (Rule rule : RULES) {
      Matcher matcher = rule.path().matcher(path);
      if (rule.httpMethod().equals(httpMethod) && matcher.matches()) {
        ObjectNode members = members(body, question < 0 ? "" : target.substring(question + 1));
        for (int i = 0; i < rule.fields().size(); i++) {
          members.put(rule.fields().get(i), matcher.group(i + 1));
        }
        return new Call(rule.method(), message(rule.method(), members));
      }
    }
    throw new NoSuchCall("no method has " + httpMethod + " on this path");
  }

  private static ObjectNode members(@Nullable JsonNode body, String query) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    if (body instanceof ObjectNode object) {
      members.setAll(object.deepCopy());
    }
    for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      List<String> names = List.of(parameter.substring(0, equals).split("\\.", -1));
      ObjectNode parent = members;
      for (String name : names.subList(0, names.size() - 1)) {
        parent = parent.withObjectProperty(name);
      }
      parent.put(names.getLast(), decoded(parameter.substring(equals + 1)));
    }
    return members;
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static Message message(MethodDescriptor<Message, Message> method, ObjectNode members) {
    if (!(method.getRequestMarshaller() instanceof PrototypeMarshaller<Message> marshaller)
        || marshaller.getMessagePrototype() == null) {
      throw new AssertionError("no prototype of " + method.getFullMethodName());
    }
    Message.Builder request = marshaller.getMessagePrototype().newBuilderForType();
    // What a mask names and a message has no place for is in the mask, and that is what counts.
    for (String path : members.path("updateMask").asText().split(",", -1)) {
      if (request.getDescriptorForType().getFields().stream()
          .noneMatch(field -> field.getJsonName().equals(path))) {
        members.remove(path);
      }
    }
    try {
      JsonFormat.parser().merge(members.toString(), request);
    } catch (InvalidProtocolBufferException e) {
      throw new NoSuchCall("no message says this: " + e.getMessage());
    }
    return request.build();
  }

  /** Why {@code one} cannot be carried out without HTTP: the reason of its first such step. */
  static Optional<String> needsHttp(LockboxCase one) {
    for (Step step : one.steps()) {
      if (step.rawBody() != null) {
        return Optional.of("sends a body that is no JSON");
      }
      for (Map.Entry<String, ?> header : step.headers().entrySet()) {
        if (isOfHttp(header.getKey())) {
          return Optional.of("sends the header " + header.getKey() + " in its own way");
        }
      }
      for (String header : step.expectation().headers().keySet()) {
        if (isOfHttp(header)) {
          return Optional.of("expects the header " + header);
        }
      }
      JsonNode body = step.body();
      try {
        of(
            step.method(),
            Variables.blank(step.path()),
            body == null ? null : Json.parse(Variables.blank(body.toString())));
      } catch (NoSuchCall e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static boolean isOfHttp(String header) {
    return header.equalsIgnoreCase("Content-Type") || header.equalsIgnoreCase("Accept");
  }
}
