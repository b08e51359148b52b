package io.coffer.yandexsdk;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import yandex.cloud.api.lockbox.v1.PayloadOuterClass.Payload;
import yandex.cloud.api.lockbox.v1.PayloadServiceGrpc;
import yandex.cloud.api.lockbox.v1.PayloadServiceGrpc.PayloadServiceBlockingStub;
import yandex.cloud.api.lockbox.v1.PayloadServiceOuterClass.GetPayloadRequest;
import yandex.cloud.api.lockbox.v1.SecretOuterClass.Secret;
import yandex.cloud.api.lockbox.v1.SecretServiceGrpc;
import yandex.cloud.api.lockbox.v1.SecretServiceGrpc.SecretServiceBlockingStub;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.CreateSecretMetadata;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.CreateSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.PayloadEntryChange;
import yandex.cloud.api.operation.OperationOuterClass.Operation;
import yandex.cloud.api.operation.OperationServiceGrpc;
import yandex.cloud.api.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import yandex.cloud.sdk.ServiceFactory;
import yandex.cloud.sdk.auth.Auth;
import yandex.cloud.sdk.utils.OperationTimeoutException;
import yandex.cloud.sdk.utils.OperationUtils;

/** The calls of an application, as the SDK's documentation shows them. */
final class SdkClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SecretServiceBlockingStub secrets;
  private final PayloadServiceBlockingStub payloads;
  private final OperationServiceBlockingStub operations;

  private SdkClient(ServiceFactory factory) {
    this.secrets =
        factory.create(SecretServiceBlockingStub.class, SecretServiceGrpc::newBlockingStub);
    this.payloads =
        factory.create(PayloadServiceBlockingStub.class, PayloadServiceGrpc::newBlockingStub);
    this.operations =
        factory.create(OperationServiceBlockingStub.class, OperationServiceGrpc::newBlockingStub);
  }

  /** Asks {@code endpoint} where the services are; logs in there with an authorized key. */
  static SdkClient connect(String endpoint, Path keyFile) {
    var login = Auth.apiKeyBuilder().fromFile(keyFile).cloudIAMEndpoint(endpoint).build();
    // Left to the first call, the SDK logs in on its network thread, and may wait for that thread.
    login.get();
    return new SdkClient(
        ServiceFactory.builder()
            .endpoint(endpoint)
            .credentialProvider(login)
            .requestTimeout(PATIENCE)
            .build());
  }

  List<String> create(String folderId, String name, String key, String text)
      throws InterruptedException {
    Operation started =
        secrets.create(
            CreateSecretRequest.newBuilder()
                .setFolderId(folderId)
                .setName(name)
                .addVersionPayloadEntries(
                    PayloadEntryChange.newBuilder().setKey(key).setTextValue(text))
                .build());
    try {
      Operation done = OperationUtils.wait(operations, started, PATIENCE);
      CreateSecretMetadata metadata = done.getMetadata().unpack(CreateSecretMetadata.class);
      Secret secret = done.getResponse().unpack(Secret.class);
      if (!secret.getId().equals(metadata.getSecretId())) {
        throw new AssertionError("two ids: " + secret.getId() + ", " + metadata.getSecretId());
      }
      return List.of("created", secret.getId(), metadata.getVersionId(), done.getId());
    } catch (OperationTimeoutException | InvalidProtocolBufferException e) {
      throw new AssertionError("the operation is not what it must be", e);
    }
  }

  List<String> read(String secretId) {
    Payload payload = payloads.get(GetPayloadRequest.newBuilder().setSecretId(secretId).build());
    List<String> words = new ArrayList<>(List.of("payload", payload.getVersionId()));
    for (Payload.Entry entry : payload.getEntriesList()) {
      words.add(entry.getKey());
      words.add(entry.hasTextValue() ? "text" : "binary");
      ByteString value = entry.hasTextValue() ? entry.getTextValueBytes() : entry.getBinaryValue();
      words.add(Base64.getEncoder().encodeToString(value.toByteArray()));
    }
    return words;
  }
}
