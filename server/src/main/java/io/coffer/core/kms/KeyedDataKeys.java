package io.coffer.core.kms;

import static io.coffer.core.Event.word;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.TamperedException;
import io.coffer.crypto.TenantCiphertext;
import io.coffer.crypto.TenantKey;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;

/**
 * Puts the data keys of secrets under keys of tenants, over the keyring's wrap, in the transaction
 * of whoever writes or reads a version: without both none of it opens. Each time is a use of the
 * key, on record beside what it was used for.
 */
public final class KeyedDataKeys {
  private final Witness witness;
  private final TenantKeys tenantKeys;

  public KeyedDataKeys(Witness witness, TenantKeys tenantKeys) {
    this.witness = witness;
    this.tenantKeys = tenantKeys;
  }

  /** The data key of a version of a secret, and the tenant's key that it is under. */
  public record Of(String keyId, String secretId, String versionId) {
    Bytes row() {
      return Keyspace.dataKey(secretId, versionId);
    }
  }

  /** Throws unless there is such a key and the caller may encrypt under it. */
  public static void requireWriter(ReadTx tx, Call call, String keyId) {
    KeyRows.require(tx, call, Permission.KEYS_ENCRYPT, keyId);
  }

  /** Throws unless the caller may decrypt what is under the key. */
  public static void requireReader(ReadTx tx, Call call, String keyId) {
    KeyRows.Found found = find(tx, keyId);
    Access.require(tx, call, Permission.KEYS_DECRYPT, Resource.symmetricKey(keyId, found.folder()));
  }

  /**
   * Under the primary version of the key, if the caller may encrypt under it.
   *
   * @param wrapped as the keyring wrapped it
   */
  public Bytes wrap(WriteTx tx, Call call, Of of, Bytes wrapped) {
    KeyRows.Found found = find(tx, of.keyId());
    Access.require(
        tx, call, Permission.KEYS_ENCRYPT, Resource.symmetricKey(of.keyId(), found.folder()));
    found.key().requireActive();
    KeyVersion version = KeyRows.requireVersion(tx, of.keyId(), found.key().primaryVersion());
    version.requireActive();
    try (TenantKey key = KeyRows.open(tx, tenantKeys, version);
        SecretBytes inner = SecretBytes.takeOver(wrapped.toByteArray())) {
      Bytes sealed = key.seal(inner, place(of, version));
      saw(tx, call, Action.ENCRYPT, found, version, of);
      return new TenantCiphertext(of.keyId(), version.id(), sealed).encode();
    }
  }

  /**
   * What {@link #wrap} wrapped, as the keyring wrapped it. The caller of this has required what its
   * caller needs: {@link #requireReader} if he will see what is under the key.
   */
  public Bytes unwrap(WriteTx tx, Call call, Of of, Bytes stored) {
    Opener opener = opener(tx, of, stored);
    try (TenantKey key = KeyRows.open(tx, tenantKeys, opener.version());
        SecretBytes inner =
            key.open(opener.sealed(), place(of, opener.version()))
                .orElseThrow(() -> tampered(of))) {
      saw(tx, call, Action.DECRYPT, opener.found(), opener.version(), of);
      return inner.lend(Bytes::copyOf);
    }
  }

  /** Throws unless {@link #unwrap} would open it now, for a caller who may decrypt. */
  public static void requireReadable(ReadTx tx, Call call, Of of, Bytes stored) {
    requireReader(tx, call, of.keyId());
    Opener _ = opener(tx, of, stored);
  }

  /** What opens a data key, and is in use. */
  private record Opener(KeyRows.Found found, KeyVersion version, Bytes sealed) {}

  private static Opener opener(ReadTx tx, Of of, Bytes stored) {
    KeyRows.Found found = find(tx, of.keyId());
    found.key().requireActive();
    TenantCiphertext parts =
        TenantCiphertext.decode(stored)
            .filter(known -> known.keyId().equals(of.keyId()))
            .orElseThrow(() -> tampered(of));
    KeyVersion version =
        KeyRows.version(tx, of.keyId(), parts.versionId()).orElseThrow(() -> tampered(of));
    version.requireActive();
    return new Opener(found, version, parts.sealed());
  }

  private static KeyRows.Found find(ReadTx tx, String keyId) {
    return KeyRows.find(tx, keyId)
        .orElseThrow(() -> new Problem.Unmet("its symmetric key is deleted", keyId).asException());
  }

  private static TamperedException tampered(Of of) {
    return new TamperedException("the data key of " + of.secretId() + " does not open");
  }

  private static Place place(Of of, KeyVersion version) {
    return TenantCiphertext.placeOfDataKey(of.keyId(), version.id(), of.row());
  }

  private void saw(
      WriteTx tx, Call call, Action action, KeyRows.Found found, KeyVersion version, Of of) {
    witness.saw(
        tx,
        call,
        KeyEvents.of(found.folder(), action, found.key(), version.id())
            .with(word("secret_id", of.secretId()))
            .with(word("secret_version_id", of.versionId())));
  }
}
