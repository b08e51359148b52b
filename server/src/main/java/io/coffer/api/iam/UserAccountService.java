package io.coffer.api.iam;

import com.google.protobuf.Empty;
import io.coffer.SecretBytes;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.iam.IssuedKey;
import io.coffer.core.iam.IssuedUserAccount;
import io.coffer.core.iam.UserAccounts;
import io.coffer.wire.coffer.v1.CreateUserAccountKeyRequest;
import io.coffer.wire.coffer.v1.CreateUserAccountKeyResponse;
import io.coffer.wire.coffer.v1.CreateUserAccountRequest;
import io.coffer.wire.coffer.v1.CreateUserAccountResponse;
import io.coffer.wire.coffer.v1.DeleteUserAccountRequest;
import io.coffer.wire.coffer.v1.ListUserAccountKeysRequest;
import io.coffer.wire.coffer.v1.ListUserAccountKeysResponse;
import io.coffer.wire.coffer.v1.ListUserAccountsRequest;
import io.coffer.wire.coffer.v1.ListUserAccountsResponse;
import io.coffer.wire.coffer.v1.UserAccountServiceGrpc;
import io.coffer.wire.iam.v1.GetUserAccountRequest;
import io.coffer.wire.iam.v1.UserAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code yandex.cloud.iam.v1.UserAccountService}, which only tells of accounts, and {@code
 * coffer.v1.UserAccountService}, which makes them.
 */
public final class UserAccountService implements Service {
  private final UserAccounts accounts;
  private final Function<IssuedKey, SecretBytes> keyFile;

  /**
   * Serves these accounts.
   *
   * @param keyFile a key as clients read it from a file; given to be closed
   */
  public UserAccountService(UserAccounts accounts, Function<IssuedKey, SecretBytes> keyFile) {
    this.accounts = accounts;
    this.keyFile = keyFile;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(io.coffer.wire.iam.v1.UserAccountServiceGrpc.getGetMethod(), this::get),
        Rpc.of(UserAccountServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(UserAccountServiceGrpc.getListMethod(), this::list),
        Rpc.of(UserAccountServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(UserAccountServiceGrpc.getCreateKeyMethod(), this::createKey),
        Rpc.of(UserAccountServiceGrpc.getListKeysMethod(), this::listKeys));
  }

  private CompletionStage<UserAccount> get(Call call, GetUserAccountRequest request) {
    return accounts.get(call, request.getUserAccountId()).thenApply(IamRender::user);
  }

  private CompletionStage<CreateUserAccountResponse> create(
      Call call, CreateUserAccountRequest request) {
    return accounts.create(call, IamRead.create(request)).thenApply(this::givenOnce);
  }

  private CreateUserAccountResponse givenOnce(IssuedUserAccount issued) {
    try (issued) {
      return CreateUserAccountResponse.newBuilder()
          .setUserAccount(IamRender.user(issued.account()))
          .setKeyFile(file(issued.key()))
          .build();
    }
  }

  /** A message has no arrays that could be wiped: what it holds is let go with it. */
  private String file(IssuedKey issued) {
    try (SecretBytes file = keyFile.apply(issued)) {
      return file.lend(text -> new String(text, StandardCharsets.UTF_8));
    }
  }

  private CompletionStage<ListUserAccountsResponse> list(
      Call call, ListUserAccountsRequest request) {
    return accounts
        .list(
            call,
            request.getOrganizationId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListUserAccountsResponse.newBuilder()
                .addAllUserAccounts(page.elements().stream().map(IamRender::user).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Empty> delete(Call call, DeleteUserAccountRequest request) {
    return accounts
        .delete(call, request.getUserAccountId())
        .thenApply(_ -> Empty.getDefaultInstance());
  }

  private CompletionStage<CreateUserAccountKeyResponse> createKey(
      Call call, CreateUserAccountKeyRequest request) {
    return accounts.createKey(call, IamRead.create(request)).thenApply(this::givenOnce);
  }

  private CreateUserAccountKeyResponse givenOnce(IssuedKey issued) {
    try (issued) {
      return CreateUserAccountKeyResponse.newBuilder()
          .setKey(IamRender.key(issued.key()))
          .setKeyFile(file(issued))
          .build();
    }
  }

  private CompletionStage<ListUserAccountKeysResponse> listKeys(
      Call call, ListUserAccountKeysRequest request) {
    return accounts
        .listKeys(
            call,
            request.getUserAccountId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListUserAccountKeysResponse.newBuilder()
                .addAllKeys(page.elements().stream().map(IamRender::key).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
