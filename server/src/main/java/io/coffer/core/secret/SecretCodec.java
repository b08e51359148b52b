package io.coffer.core.secret;

import coffer.stored.DriverRow;
import coffer.stored.LabelRow;
import coffer.stored.PasswordRow;
import coffer.stored.SecretResultRow;
import coffer.stored.SecretRow;
import coffer.stored.VersionRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Secrets and versions, as stored. */
final class SecretCodec {
  private SecretCodec() {}

  static Bytes encode(Secret secret) {
    return Bytes.takeOver(row(secret).toByteArray());
  }

  static Bytes encode(Version version) {
    return Bytes.takeOver(row(version).toByteArray());
  }

  static Secret secret(Bytes value) {
    try {
      return secret(SecretRow.parseFrom(value.shared()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a secret does not decode", e);
    }
  }

  static Version version(Bytes value) {
    try {
      return version(VersionRow.parseFrom(value.shared()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a version does not decode", e);
    }
  }

  static Bytes encode(SecretResult result) {
    SecretResultRow.Builder row = SecretResultRow.newBuilder().setSecret(row(result.secret()));
    result.current().ifPresent(version -> row.setCurrent(row(version)));
    return Bytes.takeOver(row.build().toByteArray());
  }

  static SecretResult result(Bytes value) {
    try {
      SecretResultRow row = SecretResultRow.parseFrom(value.shared());
      return new SecretResult(
          secret(row.getSecret()),
          row.hasCurrent() ? Optional.of(version(row.getCurrent())) : Optional.empty());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("the result of an operation does not decode", e);
    }
  }

  static SecretRow row(Secret secret) {
    SecretRow.Builder row =
        SecretRow.newBuilder()
            .setId(secret.id())
            .setFolderId(secret.folderId())
            .setCreatedAt(StoredTime.of(secret.createdAt()))
            .setUpdatedAt(StoredTime.of(secret.updatedAt()))
            .setName(secret.name())
            .setDescription(secret.description())
            .addAllLabels(labels(secret.labels()))
            .setKmsKeyId(secret.kmsKeyId())
            .setInactive(secret.status() == Secret.Status.INACTIVE)
            .setCurrentVersion(secret.currentVersion().orElse(""))
            .setDeletionProtection(secret.deletionProtection());
    secret.password().ifPresent(password -> row.setPassword(row(password)));
    secret.driver().ifPresent(driver -> row.setDriver(row(driver)));
    secret.templating().ifPresent(templating -> row.setTemplating(row(templating)));
    return row.build();
  }

  static Secret secret(SecretRow row) {
    return new Secret(
        row.getId(),
        row.getFolderId(),
        StoredTime.instant(row.getCreatedAt()),
        StoredTime.instant(row.getUpdatedAt()),
        row.getName(),
        row.getDescription(),
        labels(row.getLabelsList()),
        row.getKmsKeyId(),
        row.getInactive() ? Secret.Status.INACTIVE : Secret.Status.ACTIVE,
        row.getCurrentVersion().isEmpty() ? Optional.empty() : Optional.of(row.getCurrentVersion()),
        row.getDeletionProtection(),
        row.hasPassword() ? Optional.of(password(row.getPassword())) : Optional.empty(),
        row.hasDriver() ? Optional.of(driver(row.getDriver())) : Optional.empty(),
        row.hasTemplating() ? Optional.of(driver(row.getTemplating())) : Optional.empty());
  }

  static VersionRow row(Version version) {
    VersionRow.Builder row =
        VersionRow.newBuilder()
            .setId(version.id())
            .setSecretId(version.secretId())
            .setCreatedAt(StoredTime.of(version.createdAt()))
            .setDescription(version.description())
            .addAllEntryKeys(version.entryKeys());
    switch (version.status()) {
      case VersionStatus.Active() -> {}
      case VersionStatus.Scheduled(var destroyAt) -> row.setDestroyAt(StoredTime.of(destroyAt));
      case VersionStatus.Destroyed() -> row.setDestroyed(true);
    }
    version.password().ifPresent(password -> row.setPassword(row(password)));
    return row.build();
  }

  static Version version(VersionRow row) {
    return new Version(
        row.getId(),
        row.getSecretId(),
        StoredTime.instant(row.getCreatedAt()),
        row.getDescription(),
        status(row),
        row.getEntryKeysList(),
        row.hasPassword() ? Optional.of(password(row.getPassword())) : Optional.empty());
  }

  private static VersionStatus status(VersionRow row) {
    if (row.getDestroyed()) {
      return new VersionStatus.Destroyed();
    }
    Instant destroyAt = StoredTime.instant(row.getDestroyAt());
    return row.getDestroyAt() == 0
        ? new VersionStatus.Active()
        : new VersionStatus.Scheduled(destroyAt);
  }

  private static List<LabelRow> labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(e -> LabelRow.newBuilder().setKey(e.getKey()).setValue(e.getValue()).build())
        .toList();
  }

  private static SortedMap<String, String> labels(List<LabelRow> rows) {
    SortedMap<String, String> labels = new TreeMap<>();
    rows.forEach(row -> labels.put(row.getKey(), row.getValue()));
    return labels;
  }

  private static DriverRow row(Driver driver) {
    return DriverRow.newBuilder()
        .setName(driver.name())
        .addAllOptions(labels(driver.options()))
        .build();
  }

  private static Driver driver(DriverRow row) {
    return new Driver(row.getName(), labels(row.getOptionsList()));
  }

  private static PasswordRow row(PasswordSpecification password) {
    return PasswordRow.newBuilder()
        .setKey(password.key())
        .setLength(password.length())
        .setUppercase(choice(password.uppercase()))
        .setLowercase(choice(password.lowercase()))
        .setDigits(choice(password.digits()))
        .setPunctuation(choice(password.punctuation()))
        .setIncludedPunctuation(password.includedPunctuation())
        .setExcludedPunctuation(password.excludedPunctuation())
        .build();
  }

  private static PasswordSpecification password(PasswordRow row) {
    return new PasswordSpecification(
        row.getKey(),
        row.getLength(),
        choice(row.getUppercase()),
        choice(row.getLowercase()),
        choice(row.getDigits()),
        choice(row.getPunctuation()),
        row.getIncludedPunctuation(),
        row.getExcludedPunctuation());
  }

  private static int choice(Optional<Boolean> choice) {
    return choice.map(yes -> yes ? 2 : 1).orElse(0);
  }

  private static Optional<Boolean> choice(int stored) {
    return stored == 0 ? Optional.empty() : Optional.of(stored == 2);
  }
}
