package io.coffer.api.kms;

import com.google.protobuf.ByteString;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.kms.CreateKey;
import io.coffer.core.kms.SymmetricKey.Status;
import io.coffer.core.kms.UpdateKey;
import io.coffer.core.kms.UpdateKey.Field;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.wire.kms.v1.CreateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.SymmetricAlgorithm;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From the KMS's messages to commands. */
final class KmsRead {
  private KmsRead() {}

  static CreateKey create(CreateSymmetricKeyRequest request) {
    return new CreateKey(
        request.getFolderId(),
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        algorithm("default_algorithm", request.getDefaultAlgorithm()),
        period(request.hasRotationPeriod(), request.getRotationPeriod()),
        request.getDeletionProtection());
  }

  static UpdateKey update(UpdateSymmetricKeyRequest request) {
    Set<Field> mask = EnumSet.noneOf(Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> mask.add(field(path)));
    return new UpdateKey(
        request.getKeyId(),
        mask,
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        mask.contains(Field.STATUS) ? status(request.getStatus()) : Status.ACTIVE,
        mask.contains(Field.DEFAULT_ALGORITHM)
            ? algorithm("default_algorithm", request.getDefaultAlgorithm())
            : Algorithm.AES_256,
        period(request.hasRotationPeriod(), request.getRotationPeriod()),
        request.getDeletionProtection());
  }

  /** In either spelling, since both are sent. */
  private static Field field(String path) {
    return switch (path) {
      case "name" -> Field.NAME;
      case "description" -> Field.DESCRIPTION;
      case "labels" -> Field.LABELS;
      case "status" -> Field.STATUS;
      case "default_algorithm", "defaultAlgorithm" -> Field.DEFAULT_ALGORITHM;
      case "rotation_period", "rotationPeriod" -> Field.ROTATION_PERIOD;
      case "deletion_protection", "deletionProtection" -> Field.DELETION_PROTECTION;
      default ->
          throw new Problem.Invalid("update_mask", "must name fields of a key that can change")
              .asException();
    };
  }

  private static Status status(SymmetricKey.Status status) {
    return switch (status) {
      case ACTIVE -> Status.ACTIVE;
      case INACTIVE -> Status.INACTIVE;
      case CREATING, STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new Problem.Invalid("status", "must be ACTIVE or INACTIVE").asException();
    };
  }

  static Algorithm algorithm(String field, SymmetricAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_128 -> Algorithm.AES_128;
      case AES_192 -> Algorithm.AES_192;
      case AES_256 -> Algorithm.AES_256;
      case AES_256_HSM ->
          throw new Problem.Unsupported("AES_256_HSM, for want of a hardware token,").asException();
      case GOST_R_3412_2015_K -> throw new Problem.Unsupported("GOST_R_3412_2015_K").asException();
      case SYMMETRIC_ALGORITHM_UNSPECIFIED, UNRECOGNIZED ->
          throw new Problem.Invalid(field, "must be AES_128, AES_192 or AES_256").asException();
    };
  }

  /** None of it and none are the same. */
  private static Optional<Duration> period(boolean given, com.google.protobuf.Duration period) {
    return given
        ? Optional.of(duration("rotation_period", period)).filter(known -> !known.isZero())
        : Optional.empty();
  }

  static Duration duration(String field, com.google.protobuf.Duration duration) {
    try {
      return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    } catch (ArithmeticException _) { // Longer than any duration is.
      throw new Problem.Invalid(field, "must be a duration").asException();
    }
  }

  static Bytes bytes(ByteString wire) {
    return Bytes.takeOver(wire.toByteArray());
  }
}
