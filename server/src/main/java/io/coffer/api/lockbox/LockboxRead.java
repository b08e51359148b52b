package io.coffer.api.lockbox;

import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.PayloadEntry;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** From Lockbox's messages to commands. */
final class LockboxRead {
  private LockboxRead() {}

  /** Whoever gets it closes it. */
  static CreateSecret create(CreateSecretRequest request) {
    if (!request.getKmsKeyId().isEmpty()) {
      // Until keys of one's own are here, a secret must not seem to be under one.
      throw new Problem.NotFound("symmetric key", request.getKmsKeyId()).asException();
    }
    return new CreateSecret(
        request.getFolderId(),
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        request.getKmsKeyId(),
        request.getVersionDescription(),
        entries(request.getVersionPayloadEntriesList()),
        request.getDeletionProtection(),
        request.hasPasswordPayloadSpecification()
            ? Optional.of(specification(request.getPasswordPayloadSpecification()))
            : Optional.empty(),
        request.hasCreateVersion()
            ? Optional.of(request.getCreateVersion().getValue())
            : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static int pageSize(long requested) {
    if (requested < 0) {
      throw new Problem.Invalid("page_size", "must be 0 to 1000").asException();
    }
    return Math.toIntExact(requested);
  }

  private static List<PayloadEntry> entries(List<PayloadEntryChange> changes) {
    return changes.stream().map(LockboxRead::entry).toList();
  }

  private static PayloadEntry entry(PayloadEntryChange change) {
    return switch (change.getValueCase()) {
      case TEXT_VALUE -> entry(change, false, change.getTextValueBytes());
      case BINARY_VALUE -> entry(change, true, change.getBinaryValue());
      case VALUE_NOT_SET ->
          throw new Problem.Invalid("version_payload_entries.value", "must be given").asException();
    };
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the command.
  private static PayloadEntry entry(PayloadEntryChange change, boolean binary, ByteString value) {
    if (value.isEmpty()) {
      throw new Problem.Invalid("version_payload_entries.value", "must not be empty").asException();
    }
    return new PayloadEntry(change.getKey(), binary, SecretBytes.takeOver(value.toByteArray()));
  }

  private static PasswordSpecification specification(
      io.coffer.wire.lockbox.v1.PasswordPayloadSpecification wire) {
    return new PasswordSpecification(
        wire.getPasswordKey(),
        wire.getLength(),
        choice(wire.hasIncludeUppercase(), wire.getIncludeUppercase()),
        choice(wire.hasIncludeLowercase(), wire.getIncludeLowercase()),
        choice(wire.hasIncludeDigits(), wire.getIncludeDigits()),
        choice(wire.hasIncludePunctuation(), wire.getIncludePunctuation()),
        wire.getIncludedPunctuation(),
        wire.getExcludedPunctuation());
  }

  private static Optional<Boolean> choice(boolean present, BoolValue value) {
    return present ? Optional.of(value.getValue()) : Optional.empty();
  }
}
