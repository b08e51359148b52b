package io.coffer.api.kms;

import com.google.protobuf.ByteString;
import io.coffer.SecretBytes;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.kms.KeyUses;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.wire.kms.v1.GenerateDataKeyRequest;
import io.coffer.wire.kms.v1.GenerateDataKeyResponse;
import io.coffer.wire.kms.v1.SymmetricCryptoServiceGrpc;
import io.coffer.wire.kms.v1.SymmetricDecryptRequest;
import io.coffer.wire.kms.v1.SymmetricDecryptResponse;
import io.coffer.wire.kms.v1.SymmetricEncryptRequest;
import io.coffer.wire.kms.v1.SymmetricEncryptResponse;
import io.coffer.wire.kms.v1.SymmetricReEncryptRequest;
import io.coffer.wire.kms.v1.SymmetricReEncryptResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.kms.v1.SymmetricCryptoService}. */
public final class SymmetricCryptoService implements Service {
  private final KeyUses uses;

  public SymmetricCryptoService(KeyUses uses) {
    this.uses = uses;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(SymmetricCryptoServiceGrpc.getEncryptMethod(), this::encrypt),
        Rpc.of(SymmetricCryptoServiceGrpc.getDecryptMethod(), this::decrypt),
        Rpc.of(SymmetricCryptoServiceGrpc.getReEncryptMethod(), this::reEncrypt),
        Rpc.of(SymmetricCryptoServiceGrpc.getGenerateDataKeyMethod(), this::generateDataKey));
  }

  @SuppressWarnings("MustBeClosedChecker") // Taken over by the verb.
  private CompletionStage<SymmetricEncryptResponse> encrypt(
      Call call, SymmetricEncryptRequest request) {
    return uses.encrypt(
            call,
            target(request.getKeyId(), request.getVersionId(), request.getAadContext()),
            SecretBytes.takeOver(request.getPlaintext().toByteArray()))
        .thenApply(encrypted ->
            SymmetricEncryptResponse.newBuilder()
                .setKeyId(encrypted.keyId())
                .setVersionId(encrypted.versionId())
                .setCiphertext(KmsRender.bytes(encrypted.ciphertext()))
                .build());
  }

  private static KeyUses.Target target(String keyId, String versionId, ByteString context) {
    return new KeyUses.Target(keyId, versionId, KmsRead.bytes(context));
  }

  private CompletionStage<SymmetricDecryptResponse> decrypt(
      Call call, SymmetricDecryptRequest request) {
    return uses.decrypt(
            call,
            request.getKeyId(),
            KmsRead.bytes(request.getAadContext()),
            KmsRead.bytes(request.getCiphertext()))
        .thenApply(decrypted -> {
          try (decrypted) {
            return SymmetricDecryptResponse.newBuilder()
                .setKeyId(decrypted.keyId())
                .setVersionId(decrypted.versionId())
                .setPlaintext(KmsRender.bytes(decrypted.plaintext()))
                .build();
          }
        });
  }

  private CompletionStage<SymmetricReEncryptResponse> reEncrypt(
      Call call, SymmetricReEncryptRequest request) {
    return uses.reEncrypt(
            call,
            target(request.getKeyId(), request.getVersionId(), request.getAadContext()),
            request.getSourceKeyId(),
            KmsRead.bytes(request.getSourceAadContext()),
            KmsRead.bytes(request.getCiphertext()))
        .thenApply(done ->
            SymmetricReEncryptResponse.newBuilder()
                .setKeyId(done.encrypted().keyId())
                .setVersionId(done.encrypted().versionId())
                .setSourceKeyId(done.sourceKeyId())
                .setSourceVersionId(done.sourceVersionId())
                .setCiphertext(KmsRender.bytes(done.encrypted().ciphertext()))
                .build());
  }

  private CompletionStage<GenerateDataKeyResponse> generateDataKey(
      Call call, GenerateDataKeyRequest request) {
    Algorithm spec = KmsRead.algorithm("data_key_spec", request.getDataKeySpec());
    return uses.generateDataKey(
            call,
            target(request.getKeyId(), request.getVersionId(), request.getAadContext()),
            spec,
            request.getSkipPlaintext())
        .thenApply(pair -> {
          try (pair) {
            GenerateDataKeyResponse.Builder out =
                GenerateDataKeyResponse.newBuilder()
                    .setKeyId(pair.encrypted().keyId())
                    .setVersionId(pair.encrypted().versionId())
                    .setDataKeyCiphertext(KmsRender.bytes(pair.encrypted().ciphertext()));
            pair.plaintext().ifPresent(plain -> out.setDataKeyPlaintext(KmsRender.bytes(plain)));
            return out.build();
          }
        });
  }
}
