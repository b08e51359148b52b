package io.coffer.core.access;

import coffer.stored.BindingRow;
import coffer.stored.BindingsRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import java.util.Arrays;
import java.util.List;

/** The bindings of one resource, as stored. */
final class BindingsCodec {
  private BindingsCodec() {}

  static Bytes encode(List<AccessBinding> bindings) {
    BindingsRow.Builder row = BindingsRow.newBuilder();
    for (AccessBinding binding : bindings) {
      row.addBindings(
          BindingRow.newBuilder()
              .setRole(binding.role().id())
              .setSubjectType(binding.subject().type().wireName())
              .setSubjectId(binding.subject().id()));
    }
    return Bytes.takeOver(row.build().toByteArray());
  }

  static List<AccessBinding> decode(Bytes value) {
    try {
      return BindingsRow.parseFrom(value.shared()).getBindingsList().stream()
          .map(BindingsCodec::decode)
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("access bindings do not decode", e);
    }
  }

  private static AccessBinding decode(BindingRow row) {
    Role role =
        Role.of(row.getRole())
            .orElseThrow(() -> new EngineException.Corrupt("a binding of an unknown role"));
    Subject.Type type =
        Arrays.stream(Subject.Type.values())
            .filter(t -> t.wireName().equals(row.getSubjectType()))
            .findFirst()
            .orElseThrow(() -> new EngineException.Corrupt("a binding of an unknown subject type"));
    return new AccessBinding(role, new Subject(type, row.getSubjectId()));
  }
}
