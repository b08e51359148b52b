package io.coffer.core.secret;

import coffer.stored.EntryRow;
import coffer.stored.PayloadRow;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.kms.KeyedDataKeys;
import io.coffer.crypto.DataKey;
import io.coffer.crypto.DataKeys;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between payloads in the clear and their rows: one data key a version, kept apart from what it
 * seals, each entry sealed to its secret, its version and its key. Of a secret that has a key of a
 * tenant's, the data key is under that as well.
 */
public final class PayloadSealing {
  private final DataKeys dataKeys;
  private final Passwords passwords;
  private final KeyedDataKeys keyed;

  public PayloadSealing(DataKeys dataKeys, Passwords passwords, KeyedDataKeys keyed) {
    this.dataKeys = dataKeys;
    this.passwords = passwords;
    this.keyed = keyed;
  }

  /** The version that comes with a new secret: what was sent, or a generated password. */
  SealedVersion firstVersion(Call call, CreateSecret command, String secretId, String versionId) {
    if (command.password().isPresent()) {
      PasswordSpecification specification = command.password().get();
      try (SecretBytes password = passwords.generate(specification)) {
        PayloadEntry entry = new PayloadEntry(specification.key(), false, password);
        return seal(
            version(call, command, secretId, versionId, List.of(specification.key())),
            List.of(entry));
      }
    }
    List<String> keys = command.entries().stream().map(PayloadEntry::key).toList();
    return seal(version(call, command, secretId, versionId, keys), command.entries());
  }

  private static Version version(
      Call call, CreateSecret command, String secretId, String versionId, List<String> keys) {
    return new Version(
        versionId,
        secretId,
        call.at(),
        command.versionDescription(),
        new VersionStatus.Active(),
        keys,
        command.password());
  }

  private SealedVersion seal(Version version, List<PayloadEntry> entries) {
    int bytes = 0;
    List<SealedEntry> sealed = new ArrayList<>();
    try (DataKey key = dataKeys.fresh(Keyspace.dataKey(version.secretId(), version.id()))) {
      for (PayloadEntry entry : entries) {
        int length = entry.value().length();
        bytes = Math.addExact(bytes, length);
        sealed.add(
            new SealedEntry(
                entry.key(),
                entry.binary(),
                key.seal(entry.value(), PayloadCodec.place(version, entry.key(), entry.binary())),
                length));
      }
      return new SealedVersion(version, PayloadCodec.encode(sealed), key.wrapped(), bytes);
    }
  }

  /** A version that what {@code command} sends is sealed for; whoever gets it closes it. */
  @SuppressWarnings("MustBeClosedChecker") // The draft closes its key.
  VersionDraft draft(Call call, AddVersion command, String versionId) {
    return new VersionDraft(
        command,
        versionId,
        call.at(),
        Optional.empty(),
        freshKey(command, versionId),
        command.changes());
  }

  /** As {@link #draft}, of a version with a password made for it. */
  @SuppressWarnings("MustBeClosedChecker") // The draft closes its key.
  VersionDraft generated(
      Call call, AddVersion command, String versionId, PasswordSpecification specification) {
    try (SecretBytes password = passwords.generate(specification)) {
      PayloadEntry entry = new PayloadEntry(specification.key(), false, password);
      return new VersionDraft(
          command,
          versionId,
          call.at(),
          Optional.of(specification),
          freshKey(command, versionId),
          List.of(new PayloadChange.Put(entry)));
    }
  }

  @MustBeClosed
  private DataKey freshKey(AddVersion command, String versionId) {
    return dataKeys.fresh(Keyspace.dataKey(command.secretId(), versionId));
  }

  /** The version that {@code draft} and {@code base} make together. */
  SealedVersion over(WriteTx tx, Call call, Secret secret, Version base, VersionDraft draft) {
    // Who adds to it does not see it, and so needs no right to: but it is a use of its key.
    try (Payload payload = open(tx, call, secret, base)) {
      return draft.over(base, payload.entries());
    }
  }

  /** Stores the version, its data key under the key of the secret if it has one. */
  void put(WriteTx tx, Call call, Secret secret, SealedVersion version) {
    version.put(
        tx,
        secret.kmsKeyId().isEmpty()
            ? version.wrappedKey()
            : keyed.wrap(tx, call, dataKey(secret, version.version()), version.wrappedKey()));
  }

  /** The payload of a version for a caller who may read it; whoever gets it closes it. */
  Payload read(WriteTx tx, Call call, Secret secret, Version version) {
    if (!secret.kmsKeyId().isEmpty()) {
      KeyedDataKeys.requireReader(tx, call, secret.kmsKeyId());
    }
    return open(tx, call, secret, version);
  }

  /**
   * Throws unless {@link #read} would give the payload, as far as the secret's key decides that.
   */
  static void requireReadable(ReadTx tx, Call call, Secret secret, Version version) {
    if (!secret.kmsKeyId().isEmpty()) {
      Bytes stored = require(tx, Keyspace.dataKey(secret.id(), version.id()));
      KeyedDataKeys.requireReadable(tx, call, dataKey(secret, version), stored);
    }
  }

  private static KeyedDataKeys.Of dataKey(Secret secret, Version version) {
    return new KeyedDataKeys.Of(secret.kmsKeyId(), secret.id(), version.id());
  }

  private Payload open(WriteTx tx, Call call, Secret secret, Version version) {
    Bytes keyRow = Keyspace.dataKey(version.secretId(), version.id());
    Bytes stored = require(tx, keyRow);
    Bytes wrapped =
        secret.kmsKeyId().isEmpty()
            ? stored
            : keyed.unwrap(tx, call, dataKey(secret, version), stored);
    PayloadRow row =
        PayloadCodec.decode(require(tx, Keyspace.payload(version.secretId(), version.id())));
    try (DataKey key = dataKeys.unwrap(wrapped, keyRow)) {
      List<PayloadEntry> entries =
          row.getEntriesList().stream().map(entry -> open(key, version, entry)).toList();
      return new Payload(version.secretId(), version.id(), entries);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the entry, by whoever gets the payload.
  private static PayloadEntry open(DataKey key, Version version, EntryRow entry) {
    SecretBytes value =
        key.open(
            PayloadCodec.sealed(entry),
            PayloadCodec.place(version, entry.getKey(), entry.getBinary()));
    return new PayloadEntry(entry.getKey(), entry.getBinary(), value);
  }

  private static Bytes require(ReadTx tx, Bytes key) {
    return tx.get(key)
        .orElseThrow(() -> new EngineException.Corrupt("a payload or its key is missing"))
        .value();
  }
}
