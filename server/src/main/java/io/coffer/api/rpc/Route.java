package io.coffer.api.rpc;

import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One http rule of one method: {@code POST /lockbox/v1/secrets/{secret_id}:activate}.
 *
 * @param segments of the path, literals or variables, without the verb
 * @param verb what follows the last colon, empty if nothing
 * @param hasBody whether the body is the request ({@code body: "*"}); else the query is
 */
record Route(
    Rpc<?, ?> rpc, String httpMethod, List<Segment> segments, String verb, boolean hasBody) {
  sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Variable(String field) implements Segment {}
  }

  static Route of(Rpc<?, ?> rpc, HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> of(rpc, "GET", rule.getGet(), rule);
      case PUT -> of(rpc, "PUT", rule.getPut(), rule);
      case POST -> of(rpc, "POST", rule.getPost(), rule);
      case DELETE -> of(rpc, "DELETE", rule.getDelete(), rule);
      case PATCH -> of(rpc, "PATCH", rule.getPatch(), rule);
      case CUSTOM, PATTERN_NOT_SET ->
          throw new AssertionError("no path for " + rpc.method().getFullMethodName());
    };
  }

  private static Route of(Rpc<?, ?> rpc, String httpMethod, String template, HttpRule rule) {
    return of(rpc, httpMethod, template, rule.getBody().equals("*"));
  }

  static Route of(Rpc<?, ?> rpc, String httpMethod, String template, boolean hasBody) {
    List<Segment> segments = new ArrayList<>();
    String path = template;
    String verb = "";
    int colon = template.lastIndexOf(':');
    if (colon > template.lastIndexOf('/')) {
      verb = template.substring(colon + 1);
      path = template.substring(0, colon);
    }
    for (String part : path.substring(1).split("/", -1)) {
      segments.add(
          part.startsWith("{")
              ? new Segment.Variable(part.substring(1, part.length() - 1))
              : new Segment.Literal(part));
    }
    return new Route(rpc, httpMethod, List.copyOf(segments), verb, hasBody);
  }

  /** The values of the variables if {@code path}, decoded segments, is one of this route's. */
  Optional<List<String>> match(List<String> path, String givenVerb) {
    if (path.size() != segments.size() || !verb.equals(givenVerb)) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Literal(var text) -> {
          if (!text.equals(path.get(i))) {
            return Optional.empty();
          }
        }
        case Segment.Variable(var field) -> {
          if (path.get(i).isEmpty()) {
            return Optional.empty();
          }
          values.add(path.get(i));
        }
      }
    }
    return Optional.of(values);
  }

  /** Sets the fields that the path names. */
  void bind(List<String> values, Message.Builder request) {
    int next = 0;
    for (Segment segment : segments) {
      if (segment instanceof Segment.Variable(var field)) {
        FieldDescriptor target = request.getDescriptorForType().findFieldByName(field);
        request.setField(target, values.get(next++));
      }
    }
  }
}
