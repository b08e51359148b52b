package io.coffer.api.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.AccessBindingsOperationResult;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.access.Subject;
import io.coffer.wire.access.UpdateAccessBindingsMetadata;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import io.coffer.wire.iam.v1.CreateIamTokenForServiceAccountRequest;
import io.coffer.wire.iam.v1.CreateKeyRequest;
import io.coffer.wire.iam.v1.CreateKeyResponse;
import io.coffer.wire.iam.v1.CreateServiceAccountMetadata;
import io.coffer.wire.iam.v1.CreateServiceAccountRequest;
import io.coffer.wire.iam.v1.DeleteKeyMetadata;
import io.coffer.wire.iam.v1.DeleteKeyRequest;
import io.coffer.wire.iam.v1.DeleteServiceAccountMetadata;
import io.coffer.wire.iam.v1.DeleteServiceAccountRequest;
import io.coffer.wire.iam.v1.GetKeyRequest;
import io.coffer.wire.iam.v1.GetServiceAccountRequest;
import io.coffer.wire.iam.v1.IamTokenServiceGrpc;
import io.coffer.wire.iam.v1.Key;
import io.coffer.wire.iam.v1.KeyServiceGrpc;
import io.coffer.wire.iam.v1.ListKeysRequest;
import io.coffer.wire.iam.v1.ListServiceAccountOperationsRequest;
import io.coffer.wire.iam.v1.ListServiceAccountsRequest;
import io.coffer.wire.iam.v1.ServiceAccount;
import io.coffer.wire.iam.v1.ServiceAccountServiceGrpc;
import io.coffer.wire.iam.v1.SuspendServiceAccountMetadata;
import io.coffer.wire.iam.v1.SuspendServiceAccountRequest;
import io.coffer.wire.iam.v1.SuspendServiceAccountResponse;
import io.coffer.wire.iam.v1.UpdateKeyMetadata;
import io.coffer.wire.iam.v1.UpdateKeyRequest;
import io.coffer.wire.iam.v1.UpdateServiceAccountMetadata;
import io.coffer.wire.iam.v1.UpdateServiceAccountRequest;
import io.coffer.wire.operation.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same over gRPC: operations carry exactly the types that the methods publish. */
@Timeout(120)
final class AccountsOverGrpcTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;
  private static ServiceAccountServiceGrpc.ServiceAccountServiceBlockingStub accounts;
  private static KeyServiceGrpc.KeyServiceBlockingStub keys;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
    accounts = stub(ServiceAccountServiceGrpc.ServiceAccountServiceBlockingStub.class);
    keys = stub(KeyServiceGrpc.KeyServiceBlockingStub.class);
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static <T> T stub(Class<T> type) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", "Bearer " + coffer.token())
        .build(type);
  }

  private static <M extends Message> M unpacked(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static ServiceAccount made(String name) {
    Operation operation =
        accounts.create(
            CreateServiceAccountRequest.newBuilder()
                .setFolderId(coffer.folderId())
                .setName(name)
                .build());
    ServiceAccount account = unpacked(operation.getResponse(), ServiceAccount.class);
    assertThat(unpacked(operation.getMetadata(), CreateServiceAccountMetadata.class))
        .isEqualTo(
            CreateServiceAccountMetadata.newBuilder().setServiceAccountId(account.getId()).build());
    return account;
  }

  @Test
  void anAccountLives() {
    ServiceAccount account = made("lives");
    String id = account.getId();
    assertThat(accounts.get(GetServiceAccountRequest.newBuilder().setServiceAccountId(id).build()))
        .isEqualTo(account);
    assertThat(
            accounts
                .list(
                    ListServiceAccountsRequest.newBuilder().setFolderId(coffer.folderId()).build())
                .getServiceAccountsList())
        .contains(account);

    Operation updated =
        accounts.update(
            UpdateServiceAccountRequest.newBuilder()
                .setServiceAccountId(id)
                .setUpdateMask(FieldMask.newBuilder().addPaths("description"))
                .setDescription("d")
                .build());
    assertThat(
            unpacked(updated.getMetadata(), UpdateServiceAccountMetadata.class)
                .getServiceAccountId())
        .isEqualTo(id);
    assertThat(unpacked(updated.getResponse(), ServiceAccount.class))
        .isEqualTo(account.toBuilder().setDescription("d").build());

    Operation suspended =
        accounts.suspend(
            SuspendServiceAccountRequest.newBuilder()
                .setServiceAccountId(id)
                .setReason("r")
                .build());
    unpacked(suspended.getMetadata(), SuspendServiceAccountMetadata.class);
    unpacked(suspended.getResponse(), SuspendServiceAccountResponse.class);

    AccessBinding binding =
        AccessBinding.newBuilder()
            .setRoleId("iam.serviceAccounts.tokenCreator")
            .setSubject(Subject.newBuilder().setType("serviceAccount").setId("ajesomebody"))
            .build();
    Operation bound =
        accounts.updateAccessBindings(
            UpdateAccessBindingsRequest.newBuilder()
                .setResourceId(id)
                .addAccessBindingDeltas(
                    AccessBindingDelta.newBuilder()
                        .setAction(AccessBindingAction.ADD)
                        .setAccessBinding(binding))
                .build());
    assertThat(unpacked(bound.getMetadata(), UpdateAccessBindingsMetadata.class).getResourceId())
        .isEqualTo(id);
    assertThat(
            unpacked(bound.getResponse(), AccessBindingsOperationResult.class)
                .getEffectiveDeltas(0)
                .getAccessBinding())
        .isEqualTo(binding);
    assertThat(
            accounts
                .listAccessBindings(
                    ListAccessBindingsRequest.newBuilder().setResourceId(id).build())
                .getAccessBindingsList())
        .containsExactly(binding);
    assertThat(
            accounts
                .listOperations(
                    ListServiceAccountOperationsRequest.newBuilder()
                        .setServiceAccountId(id)
                        .build())
                .getOperationsList())
        .contains(updated, suspended, bound);

    Operation deleted =
        accounts.delete(DeleteServiceAccountRequest.newBuilder().setServiceAccountId(id).build());
    assertThat(
            unpacked(deleted.getMetadata(), DeleteServiceAccountMetadata.class)
                .getServiceAccountId())
        .isEqualTo(id);
    unpacked(deleted.getResponse(), Empty.class);
  }

  @Test
  void aKeyLives() {
    String id = made("keyed").getId();
    CreateKeyResponse created =
        keys.create(
            CreateKeyRequest.newBuilder()
                .setServiceAccountId(id)
                .setKeyAlgorithm(Key.Algorithm.RSA_2048)
                .setDescription("ci")
                .build());
    Key key = created.getKey();
    assertThat(created.getPrivateKey())
        .startsWith(
            "PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <" + key.getId() + ">\n");
    assertThat(key.getServiceAccountId()).isEqualTo(id);
    assertThat(keys.get(GetKeyRequest.newBuilder().setKeyId(key.getId()).build())).isEqualTo(key);
    assertThat(
            keys.list(ListKeysRequest.newBuilder().setServiceAccountId(id).build()).getKeysList())
        .containsExactly(key);
    Operation updated =
        keys.update(
            UpdateKeyRequest.newBuilder().setKeyId(key.getId()).setDescription("d").build());
    assertThat(unpacked(updated.getMetadata(), UpdateKeyMetadata.class).getKeyId())
        .isEqualTo(key.getId());
    assertThat(unpacked(updated.getResponse(), Key.class))
        .isEqualTo(key.toBuilder().setDescription("d").build());
    Operation deleted = keys.delete(DeleteKeyRequest.newBuilder().setKeyId(key.getId()).build());
    assertThat(unpacked(deleted.getMetadata(), DeleteKeyMetadata.class).getKeyId())
        .isEqualTo(key.getId());
    unpacked(deleted.getResponse(), Empty.class);
  }

  @Test
  void aTokenIsMadeForAnAccount() {
    String id = made("lent").getId();
    assertThat(
            stub(IamTokenServiceGrpc.IamTokenServiceBlockingStub.class)
                .createForServiceAccount(
                    CreateIamTokenForServiceAccountRequest.newBuilder()
                        .setServiceAccountId(id)
                        .build())
                .getIamToken())
        .startsWith("t1.");
  }
}
