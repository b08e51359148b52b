package io.coffer.wire;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import io.coffer.wire.api.Operation;
import io.coffer.wire.api.OperationOuterClass;
import java.util.stream.Stream;

/** One rpc, with the package it is declared in. */
record Rpc(String scope, String name, MethodDescriptorProto method) {
  static Stream<Rpc> in(FileDescriptorProto file) {
    return file.getServiceList().stream()
        .flatMap(service ->
            service.getMethodList().stream()
                .map(m -> new Rpc(file.getPackage(), service.getName() + "." + m.getName(), m)));
  }

  MethodOptions options() {
    return method.getOptions();
  }

  /** Whether the option is due; the service that hands out operations of any kind has none. */
  boolean answersWithOperation() {
    return method.getOutputType().equals(".yandex.cloud.operation.Operation")
        && !scope.equals("yandex.cloud.operation");
  }

  /** The names of the types that the operation carries, as the option spells them. */
  Stream<TypeName> operationTypes() {
    if (!options().hasExtension(OperationOuterClass.operation)) {
      return Stream.empty();
    }
    Operation operation = options().getExtension(OperationOuterClass.operation);
    return Stream.of(operation.getMetadata(), operation.getResponse())
        .map(spelled -> new TypeName(scope, spelled));
  }

  /** A type name that is relative to a package or to one of its parents. */
  record TypeName(String scope, String spelled) {
    boolean existsIn(Shape shape) {
      if (spelled.equals("google.protobuf.Empty")) {
        return true;
      }
      return Stream.iterate(scope, s -> !s.isEmpty(), TypeName::parent)
          .anyMatch(s -> shape.has(s + "." + spelled));
    }

    private static String parent(String scope) {
      return scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
    }
  }
}
