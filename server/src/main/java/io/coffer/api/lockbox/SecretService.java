package io.coffer.api.lockbox;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.secret.AddVersion;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.Versions;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.ListSecretsResponse;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.lockbox.v1.SecretService}. */
public final class SecretService implements Service {
  private final Secrets secrets;
  private final Versions versions;
  private final BindingCalls bindings;

  public SecretService(Secrets secrets, Versions versions, Bindings bindings) {
    this.secrets = secrets;
    this.versions = versions;
    this.bindings = new BindingCalls(bindings, Bound::secret, LockboxRender::operation);
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(SecretServiceGrpc.getGetMethod(), this::get),
        Rpc.of(SecretServiceGrpc.getListMethod(), this::list),
        Rpc.of(SecretServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(SecretServiceGrpc.getAddVersionMethod(), this::addVersion),
        Rpc.of(SecretServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(SecretServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(SecretServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Secret> get(Call call, GetSecretRequest request) {
    return secrets
        .get(call, request.getSecretId())
        .thenApply(view -> LockboxRender.secret(view.secret(), view.current()));
  }

  private CompletionStage<ListSecretsResponse> list(Call call, ListSecretsRequest request) {
    return secrets
        .list(
            call,
            request.getFolderId(),
            LockboxRead.pageSize(request.getPageSize()),
            request.getPageToken())
        .thenApply(SecretService::page);
  }

  private static ListSecretsResponse page(Page<SecretView> page) {
    ListSecretsResponse.Builder out =
        ListSecretsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.elements()
        .forEach(view -> out.addSecrets(LockboxRender.secret(view.secret(), view.current())));
    return out.build();
  }

  private CompletionStage<Operation> create(Call call, CreateSecretRequest request) {
    try (CreateSecret command = LockboxRead.create(request)) {
      return secrets.create(call, command).thenApply(LockboxRender::operation);
    }
  }

  private CompletionStage<Operation> addVersion(Call call, AddVersionRequest request) {
    try (AddVersion command = LockboxRead.addVersion(request)) {
      return versions.add(call, command).thenApply(LockboxRender::operation);
    }
  }
}
