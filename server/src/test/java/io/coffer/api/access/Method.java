package io.coffer.api.access;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.coffer.server.Answer;
import io.coffer.server.Rest;
import io.coffer.wire.Validation;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A published method, called with a request in JSON over either transport. */
final class Method {
  private final io.grpc.MethodDescriptor<?, ?> grpc;
  private final MethodDescriptor published;

  private Method(io.grpc.MethodDescriptor<?, ?> grpc) {
    this.grpc = grpc;
    if (!(grpc.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
      throw new AssertionError("not published: " + grpc.getFullMethodName());
    }
    this.published = schema.getMethodDescriptor();
  }

  /** All there are in the published files, by service and name. */
  static Map<String, Method> all() {
    Map<String, Method> all = new LinkedHashMap<>();
    for (JavaClass type :
        new ClassFileImporter(List.of(location -> location.contains("Grpc.class")))
            .importUrl(Validation.class.getProtectionDomain().getCodeSource().getLocation())) {
      if (type.getSimpleName().endsWith("Grpc")) {
        for (io.grpc.MethodDescriptor<?, ?> grpc : service(type).getMethods()) {
          Method method = new Method(grpc);
          all.put(method.name(), method);
        }
      }
    }
    return all;
  }

  private static ServiceDescriptor service(JavaClass type) {
    try {
      Object service = type.reflect().getMethod("getServiceDescriptor").invoke(null);
      if (service instanceof ServiceDescriptor descriptor) {
        return descriptor;
      }
      throw new AssertionError("no service: " + type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  String name() {
    return published.getService().getName() + "." + published.getName();
  }

  private Message request(String json) {
    DynamicMessage.Builder request = DynamicMessage.newBuilder(published.getInputType());
    try {
      JsonFormat.parser().merge(json, request);
      return request.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(name() + ": " + json, e);
    }
  }

  /** What it ends with. */
  Status overGrpc(Channel channel, String json) {
    return call(channel, grpc, request(json));
  }

  private static <Q, A> Status call(
      Channel channel, io.grpc.MethodDescriptor<Q, A> method, Message request) {
    try {
      ClientCalls.blockingUnaryCall(
          channel,
          method,
          CallOptions.DEFAULT,
          method.parseRequest(request.toByteString().newInput()));
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  Answer overRest(Rest rest, String token, String json) {
    HttpRule rule = published.getOptions().getExtension(AnnotationsProto.http);
    return switch (rule.getPatternCase()) {
      case GET -> send(rest, token, "GET", rule.getGet(), false, json);
      case DELETE -> send(rest, token, "DELETE", rule.getDelete(), false, json);
      case POST -> send(rest, token, "POST", rule.getPost(), true, json);
      case PATCH -> send(rest, token, "PATCH", rule.getPatch(), true, json);
      case PUT, CUSTOM, PATTERN_NOT_SET -> throw new AssertionError("no path of " + name());
    };
  }

  private Answer send(
      Rest rest, String token, String verb, String template, boolean body, String json) {
    Message.Builder left = request(json).toBuilder();
    String path = template;
    for (FieldDescriptor field : published.getInputType().getFields()) {
      String variable = "{" + field.getName() + "}";
      if (path.contains(variable)) {
        path = path.replace(variable, encoded(left.getField(field)));
        left.clearField(field);
      }
    }
    return rest.send(
        body
            ? rest.request(path, token)
                .method(verb, HttpRequest.BodyPublishers.ofString(printed(left.build())))
            : rest.request(path + query(left.build()), token)
                .method(verb, HttpRequest.BodyPublishers.noBody()));
  }

  private static String query(Message message) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    message
        .getAllFields()
        .forEach((field, value) -> query.add(field.getJsonName() + "=" + encoded(value)));
    return query.toString();
  }

  private static String encoded(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }

  private static String printed(Message message) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
