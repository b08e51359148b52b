package io.coffer.conformance.lockbox;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import io.coffer.wire.quota.QuotaFailure;
import java.util.HashSet;
import java.util.Set;

/** Messages in the JSON form of REST: booleans always, what else is empty never. */
final class WireJson {
  private final Set<FieldDescriptor> booleans = new HashSet<>();
  private final TypeRegistry.Builder types = TypeRegistry.newBuilder();
  private final Set<FileDescriptor> seen = new HashSet<>();
  private final JsonFormat.Printer printer;

  WireJson() {
    Rpcs.files().forEach(this::collect);
    // What no file of a service imports, and answers have in them all the same.
    collect(EmptyProto.getDescriptor());
    collect(QuotaFailure.getDescriptor().getFile());
    collect(ErrorDetailsProto.getDescriptor());
    collect(StatusProto.getDescriptor());
    this.printer =
        JsonFormat.printer()
            .usingTypeRegistry(types.build())
            .includingDefaultValueFields(booleans)
            .omittingInsignificantWhitespace();
  }

  private void collect(FileDescriptor file) {
    if (seen.add(file)) {
      types.add(file.getMessageTypes());
      file.getMessageTypes().forEach(this::collect);
      file.getDependencies().forEach(this::collect);
    }
  }

  private void collect(Descriptor type) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN
          && !field.isRepeated()
          && !field.hasPresence()) {
        booleans.add(field);
      }
    }
    type.getNestedTypes().forEach(this::collect);
  }

  String print(Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a message that does not print: " + message.getClass(), e);
    }
  }
}
