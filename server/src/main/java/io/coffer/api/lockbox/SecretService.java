package io.coffer.api.lockbox;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.RestAnswer;
import io.coffer.api.rpc.RestAsked;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.secret.AddVersion;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.SecretFilter;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.Versions;
import io.coffer.wire.lockbox.v1.ActivateSecretRequest;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.CancelVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.DeactivateSecretRequest;
import io.coffer.wire.lockbox.v1.DeleteSecretRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.ListSecretOperationsRequest;
import io.coffer.wire.lockbox.v1.ListSecretOperationsResponse;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.ListSecretsResponse;
import io.coffer.wire.lockbox.v1.ListVersionsRequest;
import io.coffer.wire.lockbox.v1.ListVersionsResponse;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.lockbox.v1.SetCurrentVersionRequest;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
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
        Rpc.of(SecretServiceGrpc.getListMethod(), this::list).overRest(this::list),
        Rpc.of(SecretServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(SecretServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(SecretServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(SecretServiceGrpc.getActivateMethod(), this::activate),
        Rpc.of(SecretServiceGrpc.getDeactivateMethod(), this::deactivate),
        Rpc.of(SecretServiceGrpc.getListVersionsMethod(), this::listVersions),
        Rpc.of(SecretServiceGrpc.getAddVersionMethod(), this::addVersion),
        Rpc.of(SecretServiceGrpc.getSetCurrentVersionMethod(), this::setCurrentVersion),
        Rpc.of(SecretServiceGrpc.getScheduleVersionDestructionMethod(), this::schedule),
        Rpc.of(SecretServiceGrpc.getCancelVersionDestructionMethod(), this::cancel),
        Rpc.of(SecretServiceGrpc.getListOperationsMethod(), this::listOperations),
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
            call, request.getFolderId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(SecretService::page);
  }

  /** With a {@code filter}, which users ask for and the published request does not have. */
  private CompletionStage<RestAnswer<ListSecretsResponse>> list(
      Call call, ListSecretsRequest request, RestAsked asked) {
    return secrets
        .list(
            call,
            request.getFolderId(),
            SecretFilter.parse(asked.query("filter")),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page -> RestAnswer.of(page(page)));
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
      return done(secrets.create(call, command));
    }
  }

  private CompletionStage<Operation> addVersion(Call call, AddVersionRequest request) {
    try (AddVersion command = LockboxRead.addVersion(request)) {
      return done(versions.add(call, command));
    }
  }

  private CompletionStage<Operation> update(Call call, UpdateSecretRequest request) {
    return done(secrets.update(call, LockboxRead.update(request)));
  }

  private CompletionStage<Operation> delete(Call call, DeleteSecretRequest request) {
    return done(secrets.delete(call, request.getSecretId()));
  }

  private CompletionStage<Operation> activate(Call call, ActivateSecretRequest request) {
    return done(secrets.activate(call, request.getSecretId()));
  }

  private CompletionStage<Operation> deactivate(Call call, DeactivateSecretRequest request) {
    return done(secrets.deactivate(call, request.getSecretId()));
  }

  private CompletionStage<ListVersionsResponse> listVersions(
      Call call, ListVersionsRequest request) {
    return versions
        .list(
            call, request.getSecretId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page -> {
          ListVersionsResponse.Builder out =
              ListVersionsResponse.newBuilder().setNextPageToken(page.nextToken());
          page.elements().forEach(version -> out.addVersions(LockboxRender.version(version)));
          return out.build();
        });
  }

  private CompletionStage<Operation> setCurrentVersion(
      Call call, SetCurrentVersionRequest request) {
    return done(versions.setCurrent(call, request.getSecretId(), request.getVersionId()));
  }

  private CompletionStage<Operation> schedule(
      Call call, ScheduleVersionDestructionRequest request) {
    return done(versions.scheduleDestruction(call, LockboxRead.schedule(request)));
  }

  private CompletionStage<Operation> cancel(Call call, CancelVersionDestructionRequest request) {
    return done(versions.cancelDestruction(call, request.getSecretId(), request.getVersionId()));
  }

  private CompletionStage<ListSecretOperationsResponse> listOperations(
      Call call, ListSecretOperationsRequest request) {
    return secrets
        .listOperations(
            call, request.getSecretId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page -> {
          ListSecretOperationsResponse.Builder out =
              ListSecretOperationsResponse.newBuilder().setNextPageToken(page.nextToken());
          page.elements().forEach(each -> out.addOperations(LockboxRender.operation(each)));
          return out.build();
        });
  }

  private static CompletionStage<Operation> done(
      CompletionStage<io.coffer.core.operation.Operation> operation) {
    return operation.thenApply(LockboxRender::operation);
  }
}
