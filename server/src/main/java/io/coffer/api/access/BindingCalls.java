package io.coffer.api.access;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.operation.Operation;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.access.ListAccessBindingsResponse;
import io.coffer.wire.access.SetAccessBindingsRequest;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The three calls on access bindings, of whatever kind of resource a service has. */
public final class BindingCalls {
  private final Bindings bindings;
  private final Function<String, Bound> bound;
  private final Function<Operation, io.coffer.wire.operation.Operation> render;

  /**
   * Of resources of one kind.
   *
   * @param bound a resource by its id
   */
  public BindingCalls(
      Bindings bindings,
      Function<String, Bound> bound,
      Function<Operation, io.coffer.wire.operation.Operation> render) {
    this.bindings = bindings;
    this.bound = bound;
    this.render = render;
  }

  public CompletionStage<ListAccessBindingsResponse> list(
      Call call, ListAccessBindingsRequest request) {
    return bindings
        .list(
            call,
            bound.apply(request.getResourceId()),
            Math.toIntExact(request.getPageSize()),
            request.getPageToken())
        .thenApply(BindingCalls::page);
  }

  private static ListAccessBindingsResponse page(Page<io.coffer.core.access.AccessBinding> page) {
    return ListAccessBindingsResponse.newBuilder()
        .addAllAccessBindings(page.elements().stream().map(BindingRender::binding).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  public CompletionStage<io.coffer.wire.operation.Operation> set(
      Call call, SetAccessBindingsRequest request) {
    return bindings
        .set(
            call,
            bound.apply(request.getResourceId()),
            request.getAccessBindingsList().stream().map(BindingCalls::binding).toList())
        .thenApply(render);
  }

  public CompletionStage<io.coffer.wire.operation.Operation> update(
      Call call, UpdateAccessBindingsRequest request) {
    return bindings
        .update(
            call,
            bound.apply(request.getResourceId()),
            request.getAccessBindingDeltasList().stream().map(BindingCalls::delta).toList())
        .thenApply(render);
  }

  private static io.coffer.core.access.BindingDelta delta(AccessBindingDelta delta) {
    return new io.coffer.core.access.BindingDelta(
        switch (delta.getAction()) {
          case ADD -> io.coffer.core.access.BindingDelta.Action.ADD;
          case REMOVE -> io.coffer.core.access.BindingDelta.Action.REMOVE;
          case ACCESS_BINDING_ACTION_UNSPECIFIED, UNRECOGNIZED ->
              throw new Problem.Invalid("action", "must be ADD or REMOVE").asException();
        },
        binding(delta.getAccessBinding()));
  }

  private static io.coffer.core.access.AccessBinding binding(AccessBinding wire) {
    return io.coffer.core.access.AccessBinding.of(
        wire.getRoleId(), wire.getSubject().getType(), wire.getSubject().getId());
  }
}
