package io.coffer.api.access;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Empty;
import io.coffer.core.access.BindingDelta;
import io.coffer.core.operation.Operation;
import io.coffer.wire.access.Access;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.AccessBindingsOperationResult;
import io.coffer.wire.access.Subject;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the messages of access bindings. */
public final class BindingRender {
  private BindingRender() {}

  static AccessBinding binding(io.coffer.core.access.AccessBinding binding) {
    return AccessBinding.newBuilder()
        .setRoleId(binding.role().id())
        .setSubject(
            Subject.newBuilder()
                .setType(binding.subject().type().wireName())
                .setId(binding.subject().id()))
        .build();
  }

  /** What operations on the bindings of clouds and folders answer with. */
  public static AccessBindingsOperationResult changed(Operation operation) {
    AccessBindingsOperationResult.Builder result = AccessBindingsOperationResult.newBuilder();
    for (BindingDelta delta : BindingDelta.decode(operation.result())) {
      result.addEffectiveDeltas(
          AccessBindingDelta.newBuilder()
              .setAction(
                  switch (delta.action()) {
                    case ADD -> AccessBindingAction.ADD;
                    case REMOVE -> AccessBindingAction.REMOVE;
                  })
              .setAccessBinding(binding(delta.binding())));
    }
    return result.build();
  }

  /** What operations on bindings may carry in an {@code Any}. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>(Access.getDescriptor().getMessageTypes());
    types.add(Empty.getDescriptor());
    return types;
  }
}
