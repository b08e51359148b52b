package io.coffer.core.kms;

import static io.coffer.testing.SimWorld.await;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.kms.KeyUses.Decrypted;
import io.coffer.core.kms.KeyUses.Encrypted;
import io.coffer.core.kms.KeyUses.Target;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What tests ask of keys, short where nothing hangs on the rest. */
public final class KeyDrafts {
  private KeyDrafts() {}

  public static CreateKey key(String folderId) {
    return key(folderId, Algorithm.AES_256, Optional.empty());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // As the command has it.
  static CreateKey key(String folderId, Algorithm algorithm, Optional<Duration> period) {
    return new CreateKey(folderId, "a key", "", new TreeMap<>(), algorithm, period, false);
  }

  /** The id of a new key of the administrator's. */
  public static String made(SimWorld world) {
    return await(world.keys().create(world.admin(), key(world.folder().id()))).resourceId();
  }

  public static UpdateKey status(String keyId, SymmetricKey.Status status) {
    return new UpdateKey(
        keyId,
        EnumSet.of(UpdateKey.Field.STATUS),
        "",
        "",
        new TreeMap<>(),
        status,
        Algorithm.AES_256,
        Optional.empty(),
        false);
  }

  @SuppressWarnings("MustBeClosedChecker") // The verb takes it over.
  public static CompletionStage<Encrypted> encrypt(
      SimWorld world, Call call, String keyId, String versionId, String plaintext) {
    return world
        .keyUses()
        .encrypt(
            call,
            new Target(keyId, versionId, Bytes.utf8("context")),
            SecretBytes.takeOver(Bytes.utf8(plaintext).toByteArray()));
  }

  public static CompletionStage<Decrypted> decrypt(
      SimWorld world, Call call, String keyId, Bytes ciphertext) {
    return world.keyUses().decrypt(call, keyId, Bytes.utf8("context"), ciphertext);
  }

  /** What the administrator finds in it. */
  static String opened(SimWorld world, String keyId, Bytes ciphertext) {
    try (Decrypted decrypted = await(decrypt(world, world.admin(), keyId, ciphertext))) {
      return decrypted.plaintext().lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
