package io.coffer.api.iam;

import io.coffer.Problem;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.api.rpc.WireTime;
import io.coffer.auth.IamTokens;
import io.coffer.auth.Logins;
import io.coffer.core.Call;
import io.coffer.wire.iam.v1.CreateIamTokenForServiceAccountRequest;
import io.coffer.wire.iam.v1.CreateIamTokenRequest;
import io.coffer.wire.iam.v1.CreateIamTokenResponse;
import io.coffer.wire.iam.v1.IamTokenServiceGrpc;
import io.coffer.wire.iam.v1.RevokeIamTokenRequest;
import io.coffer.wire.iam.v1.RevokeIamTokenResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.iam.v1.IamTokenService}. */
public final class IamTokenService implements Service {
  private final Logins logins;

  public IamTokenService(Logins logins) {
    this.logins = logins;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.open(IamTokenServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(
            IamTokenServiceGrpc.getCreateForServiceAccountMethod(), this::createForServiceAccount),
        Rpc.of(IamTokenServiceGrpc.getRevokeMethod(), this::revoke));
  }

  private CompletionStage<CreateIamTokenResponse> create(Call call, CreateIamTokenRequest request) {
    if (!request.hasJwt()) {
      throw new Problem.Unsupported("login with an OAuth token of Yandex ID").asException();
    }
    return logins.byJwt(call, request.getJwt()).thenApply(IamTokenService::render);
  }

  private CompletionStage<CreateIamTokenResponse> createForServiceAccount(
      Call call, CreateIamTokenForServiceAccountRequest request) {
    return logins
        .forAccount(call, request.getServiceAccountId())
        .thenApply(IamTokenService::render);
  }

  private CompletionStage<RevokeIamTokenResponse> revoke(Call call, RevokeIamTokenRequest request) {
    return logins
        .revoke(call, request.getIamToken())
        .thenApply(
            subjectId -> RevokeIamTokenResponse.newBuilder().setSubjectId(subjectId).build());
  }

  private static CreateIamTokenResponse render(IamTokens.Issued issued) {
    return CreateIamTokenResponse.newBuilder()
        .setIamToken(issued.token())
        .setExpiresAt(WireTime.nanos(issued.expiresAt()))
        .build();
  }
}
