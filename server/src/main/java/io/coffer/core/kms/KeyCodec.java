package io.coffer.core.kms;

import coffer.stored.KeyResultRow;
import coffer.stored.KeyVersionRow;
import coffer.stored.LabelRow;
import coffer.stored.SymmetricKeyRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys and their versions, as stored. */
final class KeyCodec {
  private KeyCodec() {}

  static Bytes encode(SymmetricKey key) {
    return Bytes.takeOver(row(key).toByteArray());
  }

  static Bytes encode(KeyVersion version) {
    return Bytes.takeOver(row(version).toByteArray());
  }

  static Bytes encode(KeyResult result) {
    return Bytes.takeOver(
        KeyResultRow.newBuilder()
            .setKey(row(result.key()))
            .setVersion(row(result.version()))
            .build()
            .toByteArray());
  }

  static SymmetricKey key(Bytes value) {
    try {
      return key(SymmetricKeyRow.parseFrom(value.shared()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a symmetric key does not decode", e);
    }
  }

  static KeyVersion version(Bytes value) {
    try {
      return version(KeyVersionRow.parseFrom(value.shared()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a version of a key does not decode", e);
    }
  }

  static KeyResult result(Bytes value) {
    try {
      KeyResultRow row = KeyResultRow.parseFrom(value.shared());
      return new KeyResult(key(row.getKey()), version(row.getVersion()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("the result of an operation does not decode", e);
    }
  }

  private static SymmetricKeyRow row(SymmetricKey key) {
    SymmetricKeyRow.Builder row =
        SymmetricKeyRow.newBuilder()
            .setId(key.id())
            .setFolderId(key.folderId())
            .setCreatedAt(StoredTime.of(key.createdAt()))
            .setName(key.name())
            .setDescription(key.description())
            .setInactive(key.status() == SymmetricKey.Status.INACTIVE)
            .setPrimaryVersion(key.primaryVersion())
            .setDefaultAlgorithm(key.defaultAlgorithm().code())
            .setRotatedAt(StoredTime.of(key.rotatedAt()))
            .setRotationPeriod(key.rotationPeriod().map(Duration::toNanos).orElse(0L))
            .setDeletionProtection(key.deletionProtection());
    key.labels()
        .forEach(
            (name, value) -> row.addLabels(LabelRow.newBuilder().setKey(name).setValue(value)));
    return row.build();
  }

  private static SymmetricKey key(SymmetricKeyRow row) {
    SortedMap<String, String> labels = new TreeMap<>();
    row.getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
    return new SymmetricKey(
        row.getId(),
        row.getFolderId(),
        StoredTime.instant(row.getCreatedAt()),
        row.getName(),
        row.getDescription(),
        labels,
        row.getInactive() ? SymmetricKey.Status.INACTIVE : SymmetricKey.Status.ACTIVE,
        row.getPrimaryVersion(),
        algorithm(row.getDefaultAlgorithm()),
        StoredTime.instant(row.getRotatedAt()),
        row.getRotationPeriod() == 0
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(row.getRotationPeriod())),
        row.getDeletionProtection());
  }

  private static KeyVersionRow row(KeyVersion version) {
    KeyVersionRow.Builder row =
        KeyVersionRow.newBuilder()
            .setId(version.id())
            .setKeyId(version.keyId())
            .setCreatedAt(StoredTime.of(version.createdAt()))
            .setAlgorithm(version.algorithm().code());
    switch (version.status()) {
      case KeyVersion.Status.Active() -> {}
      case KeyVersion.Status.Scheduled(var at) -> row.setDestroyAt(StoredTime.of(at));
      case KeyVersion.Status.Destroyed() -> row.setDestroyed(true);
    }
    return row.build();
  }

  private static KeyVersion version(KeyVersionRow row) {
    return new KeyVersion(
        row.getId(),
        row.getKeyId(),
        StoredTime.instant(row.getCreatedAt()),
        algorithm(row.getAlgorithm()),
        status(row));
  }

  private static KeyVersion.Status status(KeyVersionRow row) {
    if (row.getDestroyed()) {
      return new KeyVersion.Status.Destroyed();
    }
    return row.getDestroyAt() == 0
        ? new KeyVersion.Status.Active()
        : new KeyVersion.Status.Scheduled(StoredTime.instant(row.getDestroyAt()));
  }

  private static Algorithm algorithm(int code) {
    return Algorithm.of(code)
        .orElseThrow(() -> new EngineException.Corrupt("a key of an unknown algorithm"));
  }
}
