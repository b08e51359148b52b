package io.coffer.api.lockbox;

import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.secret.AddVersion;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.PayloadChange;
import io.coffer.core.secret.PayloadEntry;
import io.coffer.core.secret.ScheduleDestruction;
import io.coffer.core.secret.SecretReference;
import io.coffer.core.secret.UpdateSecret;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.GetExRequest;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** From Lockbox's messages to commands. */
final class LockboxRead {
  /** A wrong path is named in the answer, which must not grow with it. */
  private static final int PATH_SHOWN_MAX = 64;

  private LockboxRead() {}

  /** Whoever gets it closes it. */
  static CreateSecret create(CreateSecretRequest request) {
    return command(
        request.getVersionPayloadEntriesList(),
        change -> entry("version_payload_entries", change),
        PayloadEntry::close,
        entries -> create(request, entries));
  }

  private static CreateSecret create(CreateSecretRequest request, List<PayloadEntry> entries) {
    return new CreateSecret(
        request.getFolderId(),
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        request.getKmsKeyId(),
        request.getVersionDescription(),
        entries,
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

  /** Whoever gets it closes it. */
  static AddVersion addVersion(AddVersionRequest request) {
    return command(
        request.getPayloadEntriesList(),
        LockboxRead::change,
        PayloadChange::close,
        changes ->
            new AddVersion(
                request.getSecretId(),
                request.getDescription(),
                changes,
                request.getBaseVersionId()));
  }

  static UpdateSecret update(UpdateSecretRequest request) {
    Set<UpdateSecret.Field> fields = EnumSet.noneOf(UpdateSecret.Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> fields.add(field(path)));
    return new UpdateSecret(
        request.getSecretId(),
        fields,
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        request.getDeletionProtection(),
        // What the mask does not name is not looked at.
        fields.contains(UpdateSecret.Field.PASSWORD) && request.hasPasswordPayloadSpecification()
            ? Optional.of(specification(request.getPasswordPayloadSpecification()))
            : Optional.empty());
  }

  private static UpdateSecret.Field field(String path) {
    return switch (path) {
      case "name" -> UpdateSecret.Field.NAME;
      case "description" -> UpdateSecret.Field.DESCRIPTION;
      case "labels" -> UpdateSecret.Field.LABELS;
      case "deletion_protection", "deletionProtection" -> UpdateSecret.Field.DELETION_PROTECTION;
      case "password_payload_specification", "passwordPayloadSpecification" ->
          UpdateSecret.Field.PASSWORD;
      default ->
          throw new Problem.Invalid(
                  "update_mask path " + path.substring(0, Math.min(path.length(), PATH_SHOWN_MAX)),
                  "must be name, description, labels, deletion_protection "
                      + "or password_payload_specification")
              .asException();
    };
  }

  static ScheduleDestruction schedule(ScheduleVersionDestructionRequest request) {
    return new ScheduleDestruction(
        request.getSecretId(),
        request.getVersionId(),
        request.hasPendingPeriod()
            ? pending(request.getPendingPeriod())
            : ScheduleDestruction.PENDING_DEFAULT);
  }

  private static Duration pending(com.google.protobuf.Duration sent) {
    try {
      return Duration.ofSeconds(sent.getSeconds(), sent.getNanos());
    } catch (ArithmeticException _) { // Longer than any: as wrong as one that is just too long.
      return ScheduleDestruction.PENDING_MAX.plusSeconds(1);
    }
  }

  static SecretReference reference(GetExRequest request) {
    return switch (request.getIdentifierCase()) {
      case SECRET_ID -> new SecretReference.ById(request.getSecretId());
      case FOLDER_AND_NAME ->
          new SecretReference.ByName(
              request.getFolderAndName().getFolderId(), request.getFolderAndName().getSecretName());
      case IDENTIFIER_NOT_SET -> throw new AssertionError("the constraints let none through");
    };
  }

  /** Makes a command of what was sent; what was read is wiped if any of it is refused. */
  static <E, C> C command(
      List<PayloadEntryChange> sent,
      Function<PayloadEntryChange, E> read,
      Consumer<E> close,
      Function<List<E>, C> make) {
    List<E> opened = new ArrayList<>();
    try {
      sent.forEach(change -> opened.add(read.apply(change)));
      return make.apply(opened);
    } catch (RuntimeException refusal) {
      opened.forEach(close);
      throw refusal;
    }
  }

  /** An entry by its key only, or with no text, is one to remove. */
  private static PayloadChange change(PayloadEntryChange sent) {
    boolean remove =
        switch (sent.getValueCase()) {
          case TEXT_VALUE -> sent.getTextValueBytes().isEmpty();
          case BINARY_VALUE -> false;
          case VALUE_NOT_SET -> true;
        };
    return remove
        ? new PayloadChange.Remove(sent.getKey())
        : new PayloadChange.Put(entry("payload_entries", sent));
  }

  private static PayloadEntry entry(String field, PayloadEntryChange sent) {
    return switch (sent.getValueCase()) {
      case TEXT_VALUE -> entry(field, sent.getKey(), false, sent.getTextValueBytes());
      case BINARY_VALUE -> entry(field, sent.getKey(), true, sent.getBinaryValue());
      case VALUE_NOT_SET ->
          throw new Problem.Invalid(field + ".value", "must be given").asException();
    };
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the command.
  private static PayloadEntry entry(String field, String key, boolean binary, ByteString value) {
    if (value.isEmpty()) {
      throw new Problem.Invalid(field + ".value", "must not be empty").asException();
    }
    return new PayloadEntry(key, binary, SecretBytes.takeOver(value.toByteArray()));
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
