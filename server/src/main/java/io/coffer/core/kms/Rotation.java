package io.coffer.core.kms;

import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Keyspace;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.List;

/** Adds versions to keys, on demand and by itself. */
final class Rotation {
  /** Versions of one key that are not destroyed. */
  static final int LIVE_MAX = 1000;

  private final TenantKeys tenantKeys;

  Rotation(TenantKeys tenantKeys) {
    this.tenantKeys = tenantKeys;
  }

  /**
   * Makes the version primary.
   *
   * @param drawn what its material is made of, whatever algorithm the key has by now
   */
  KeyResult rotate(WriteTx tx, Instant at, SymmetricKey key, String versionId, SecretBytes drawn) {
    if (!hasRoom(tx, key)) {
      throw new Problem.Exhausted("kms.symmetricKeyVersions.count", LIVE_MAX).asException();
    }
    KeyVersion version =
        new KeyVersion(
            versionId, key.id(), at, key.defaultAlgorithm(), new KeyVersion.Status.Active());
    KeyRows.add(
        tx,
        version,
        tenantKeys.wrap(version.algorithm(), drawn, Keyspace.dataKey(key.id(), versionId)));
    SymmetricKey rotated = key.rotated(versionId, at);
    KeyRows.replace(tx, key, rotated);
    return new KeyResult(rotated, version);
  }

  /** Whether the key may have one more version. */
  static boolean hasRoom(ReadTx tx, SymmetricKey key) {
    List<KeyVersion> versions = KeyRows.versions(tx, key.id());
    return versions.size() < KeyRows.VERSIONS_SCAN_MAX
        && versions.stream().filter(version -> !version.isDestroyed()).count() < LIVE_MAX;
  }
}
