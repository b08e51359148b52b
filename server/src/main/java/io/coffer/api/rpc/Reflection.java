package io.coffer.api.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * {@code grpc.reflection.v1} and {@code v1alpha}: which services there are and how their messages
 * look, for clients that were not given the published files. The two differ in name only.
 */
public final class Reflection {
  private static final String METHOD = ".ServerReflection/ServerReflectionInfo";

  private final Set<String> services = new TreeSet<>();
  private final Map<String, FileDescriptor> files = new HashMap<>();
  private final Map<String, FileDescriptor> symbols = new HashMap<>();
  private final Map<String, Map<Integer, FileDescriptor>> extensions = new HashMap<>();

  private Reflection(Collection<ServiceDescriptor> served) {
    for (ServiceDescriptor service : served) {
      services.add(service.getFullName());
      add(service.getFile());
    }
  }

  /** Both versions. What is served is looked at when the first client asks. */
  public static List<Dialog<?, ?>> of(Supplier<Collection<ServiceDescriptor>> served) {
    var lazy =
        new Object() {
          private volatile Optional<Reflection> made = Optional.empty();

          ServerReflectionResponse answer(ServerReflectionRequest request) {
            Reflection reflection = made.orElseGet(() -> new Reflection(served.get()));
            made = Optional.of(reflection);
            return reflection.answer(request);
          }
        };
    return List.of(
        dialog("grpc.reflection.v1", lazy::answer),
        dialog("grpc.reflection.v1alpha", lazy::answer));
  }

  private static Dialog<?, ?> dialog(
      String version,
      java.util.function.Function<ServerReflectionRequest, ServerReflectionResponse> answer) {
    return new Dialog<>(
        version + METHOD, ServerReflectionRequest.getDefaultInstance(), answer, Optional.empty());
  }

  private void add(FileDescriptor file) {
    if (files.putIfAbsent(file.getName(), file) != null) {
      return;
    }
    file.getDependencies().forEach(this::add);
    file.getMessageTypes().forEach(type -> add(type, file));
    file.getEnumTypes().forEach(type -> add(type, file));
    file.getExtensions().forEach(field -> add(field, file));
    for (ServiceDescriptor service : file.getServices()) {
      symbols.put(service.getFullName(), file);
      service.getMethods().forEach(method -> symbols.put(method.getFullName(), file));
    }
  }

  private void add(Descriptor type, FileDescriptor file) {
    symbols.put(type.getFullName(), file);
    type.getFields().forEach(field -> symbols.put(field.getFullName(), file));
    type.getNestedTypes().forEach(nested -> add(nested, file));
    type.getEnumTypes().forEach(nested -> add(nested, file));
    type.getExtensions().forEach(field -> add(field, file));
  }

  private void add(EnumDescriptor type, FileDescriptor file) {
    symbols.put(type.getFullName(), file);
    type.getValues().forEach(value -> symbols.put(value.getFullName(), file));
  }

  private void add(FieldDescriptor extension, FileDescriptor file) {
    symbols.put(extension.getFullName(), file);
    extensions
        .computeIfAbsent(extension.getContainingType().getFullName(), _ -> new TreeMap<>())
        .put(extension.getNumber(), file);
  }

  private ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder out =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> out.setListServicesResponse(list());
      case FILE_BY_FILENAME ->
          file(out, Optional.ofNullable(files.get(request.getFileByFilename())));
      case FILE_CONTAINING_SYMBOL ->
          file(out, Optional.ofNullable(symbols.get(request.getFileContainingSymbol())));
      case FILE_CONTAINING_EXTENSION -> file(out, containing(request.getFileContainingExtension()));
      case ALL_EXTENSION_NUMBERS_OF_TYPE -> numbers(out, request.getAllExtensionNumbersOfType());
      case MESSAGEREQUEST_NOT_SET -> error(out, Status.Code.INVALID_ARGUMENT, "nothing is asked");
    }
    return out.build();
  }

  private ListServiceResponse list() {
    ListServiceResponse.Builder out = ListServiceResponse.newBuilder();
    services.forEach(name -> out.addService(ServiceResponse.newBuilder().setName(name)));
    return out.build();
  }

  private Optional<FileDescriptor> containing(ExtensionRequest request) {
    return Optional.ofNullable(
        extensions
            .getOrDefault(request.getContainingType(), Map.of())
            .get(request.getExtensionNumber()));
  }

  private void numbers(ServerReflectionResponse.Builder out, String type) {
    if (symbols.containsKey(type)) {
      out.setAllExtensionNumbersResponse(
          ExtensionNumberResponse.newBuilder()
              .setBaseTypeName(type)
              .addAllExtensionNumber(extensions.getOrDefault(type, Map.of()).keySet()));
    } else {
      error(out, Status.Code.NOT_FOUND, "not found");
    }
  }

  /** The file and all it needs, so that a client has to ask once. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // What a look-up gave.
  private static void file(ServerReflectionResponse.Builder out, Optional<FileDescriptor> found) {
    if (found.isEmpty()) {
      error(out, Status.Code.NOT_FOUND, "not found");
      return;
    }
    Set<FileDescriptor> needed = new LinkedHashSet<>();
    collect(found.get(), needed);
    FileDescriptorResponse.Builder response = FileDescriptorResponse.newBuilder();
    for (FileDescriptor file : needed) {
      ByteString bytes = file.toProto().toByteString();
      response.addFileDescriptorProto(bytes);
    }
    out.setFileDescriptorResponse(response);
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> needed) {
    if (needed.add(file)) {
      file.getDependencies().forEach(dependency -> collect(dependency, needed));
    }
  }

  private static void error(ServerReflectionResponse.Builder out, Status.Code code, String words) {
    out.setErrorResponse(
        ErrorResponse.newBuilder().setErrorCode(code.value()).setErrorMessage(words));
  }
}
