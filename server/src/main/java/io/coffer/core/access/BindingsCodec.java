package io.coffer.core.access;

import coffer.stored.BindingDeltaRow;
import coffer.stored.BindingDeltasRow;
import coffer.stored.BindingRow;
import coffer.stored.BindingsRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import java.util.List;

/** The bindings of one resource, and what was changed in them, as stored. */
final class BindingsCodec {
  private BindingsCodec() {}

  static Bytes encode(List<AccessBinding> bindings) {
    BindingsRow.Builder row = BindingsRow.newBuilder();
    for (AccessBinding binding : bindings) {
      row.addBindings(row(binding));
    }
    return Bytes.takeOver(row.build().toByteArray());
  }

  static Bytes encodeDeltas(List<BindingDelta> deltas) {
    BindingDeltasRow.Builder row = BindingDeltasRow.newBuilder();
    for (BindingDelta delta : deltas) {
      row.addDeltas(
          BindingDeltaRow.newBuilder()
              .setRemove(delta.action() == BindingDelta.Action.REMOVE)
              .setBinding(row(delta.binding())));
    }
    return Bytes.takeOver(row.build().toByteArray());
  }

  private static BindingRow row(AccessBinding binding) {
    return BindingRow.newBuilder()
        .setRole(binding.role().id())
        .setSubjectType(binding.subject().type().wireName())
        .setSubjectId(binding.subject().id())
        .build();
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

  static List<BindingDelta> decodeDeltas(Bytes value) {
    try {
      return BindingDeltasRow.parseFrom(value.shared()).getDeltasList().stream()
          .map(row ->
              new BindingDelta(
                  row.getRemove() ? BindingDelta.Action.REMOVE : BindingDelta.Action.ADD,
                  decode(row.getBinding())))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("changes of access bindings do not decode", e);
    }
  }

  private static AccessBinding decode(BindingRow row) {
    Role role =
        Role.of(row.getRole())
            .orElseThrow(() -> new EngineException.Corrupt("a binding of an unknown role"));
    Subject.Type type =
        Subject.Type.of(row.getSubjectType())
            .orElseThrow(() -> new EngineException.Corrupt("a binding of an unknown subject type"));
    return new AccessBinding(role, new Subject(type, row.getSubjectId()));
  }
}
