package io.coffer.core.kms;

import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Witness;
import io.coffer.core.due.Due;
import io.coffer.core.due.DueWork;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Rotates keys by their periods and destroys versions whose time has come. */
public final class DueKeys implements DueWork {
  private static final Duration FULL_RETRY = Duration.ofDays(1);

  private final Engine engine;
  private final Witness witness;
  private final Ids ids;
  private final TenantKeys tenantKeys;
  private final Rotation rotation;

  public DueKeys(Engine engine, Witness witness, Ids ids, TenantKeys tenantKeys) {
    this.engine = engine;
    this.witness = witness;
    this.ids = ids;
    this.tenantKeys = tenantKeys;
    this.rotation = new Rotation(tenantKeys);
  }

  @Override
  public Set<Due.Kind> kinds() {
    return EnumSet.of(Due.Kind.ROTATE_KEY, Due.Kind.DESTROY_KEY_VERSION);
  }

  @Override
  public CompletionStage<?> run(Call call, Due due) {
    return switch (due.kind()) {
      case ROTATE_KEY -> rotate(call, due);
      case DESTROY_KEY_VERSION ->
          engine.write(tx -> {
            if (due.stands(tx)) {
              destroy(tx, call, due);
            }
            return due;
          });
    };
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed when the transaction is over.
  private CompletionStage<?> rotate(Call call, Due due) {
    String versionId = ids.kms();
    SecretBytes drawn = tenantKeys.draw();
    return engine
        .write(tx -> {
          if (due.stands(tx)) {
            rotate(tx, call, due, versionId, drawn);
          }
          return due;
        })
        .whenComplete((_, _) -> drawn.close());
  }

  /**
   * Also of an inactive key: what it encrypts once it is active again is under a new version. A key
   * that is full is looked at again tomorrow.
   */
  private void rotate(WriteTx tx, Call call, Due due, String versionId, SecretBytes drawn) {
    due.remove(tx);
    Optional<KeyRows.Found> found =
        KeyRows.find(tx, due.resourceId()).filter(known -> isTime(known.key(), call));
    if (found.isEmpty()) {
      return;
    }
    SymmetricKey key = found.get().key();
    if (!Rotation.hasRoom(tx, key)) {
      new Due(call.at().plus(FULL_RETRY), due.kind(), due.resourceId(), "").put(tx);
      return;
    }
    KeyResult result = rotation.rotate(tx, call.at(), key, versionId, drawn);
    witness.saw(
        tx,
        call,
        KeyEvents.of(found.get().folder(), Action.ROTATE_KEY, result.key(), result.version().id()));
  }

  private static boolean isTime(SymmetricKey key, Call call) {
    return key.rotation().filter(due -> !due.at().isAfter(call.at())).isPresent();
  }

  private void destroy(WriteTx tx, Call call, Due due) {
    due.remove(tx);
    Optional<KeyVersion> version = KeyRows.version(tx, due.resourceId(), due.versionId());
    if (version.isEmpty()) {
      return;
    }
    KeyRows.replace(tx, version.get(), version.get().with(new KeyVersion.Status.Destroyed()));
    Optional<SymmetricKey> key =
        KeyRows.find(tx, due.resourceId())
            .map(KeyRows.Found::key)
            .or(() -> forget(tx, due.resourceId()));
    key.ifPresent(known ->
        witness.saw(
            tx,
            call,
            KeyEvents.of(
                Folders.findEver(tx, known.folderId()).map(Folder::path).orElse(List.of()),
                Action.DESTROY_KEY_VERSION,
                known,
                due.versionId())));
  }

  /** Of a deleted key: once all of its versions are destroyed nothing of it is kept. */
  private static Optional<SymmetricKey> forget(WriteTx tx, String keyId) {
    var versions = KeyRows.versions(tx, keyId);
    Optional<SymmetricKey> key =
        tx.get(Keyspace.deletedKey(keyId)).map(row -> KeyCodec.key(row.value()));
    if (versions.stream().allMatch(KeyVersion::isDestroyed)) {
      versions.forEach(version -> tx.delete(Keyspace.keyVersion(keyId, version.id())));
      tx.delete(Keyspace.deletedKey(keyId));
    }
    return key;
  }
}
