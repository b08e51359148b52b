package io.coffer.testing;

import io.coffer.SecretBytes;
import io.coffer.core.secret.AddVersion;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.PayloadChange;
import io.coffer.core.secret.PayloadEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Commands that tests give, short where nothing hangs on the rest of their fields. */
public final class Drafts {
  private Drafts() {}

  public static CreateSecret secret(String folderId, String name, PayloadEntry... entries) {
    return secret(folderId, name, "", false, Optional.empty(), entries);
  }

  /** With its versions under a tenant's key. */
  public static CreateSecret keyed(String folderId, String keyId, PayloadEntry... entries) {
    return secret(folderId, "keyed", keyId, false, Optional.empty(), entries);
  }

  public static CreateSecret protectedSecret(String folderId, String name) {
    return secret(folderId, name, "", true, Optional.empty(), text("data", "v"));
  }

  public static CreateSecret generated(
      String folderId, String name, PasswordSpecification specification) {
    return secret(folderId, name, "", false, Optional.of(specification));
  }

  /** As Docker's create makes one. */
  public static CreateSecret docker(String folderId, String name, byte[] value) {
    return CreateSecret.fromDocker(
        folderId,
        name,
        Map.of(),
        List.of(PayloadEntry.fromDocker(bytes(value))),
        Optional.empty(),
        Optional.empty());
  }

  /** Changes to the current version; an entry without a value is removed. */
  public static AddVersion version(String secretId, PayloadEntry... entries) {
    return version(secretId, "", entries);
  }

  public static AddVersion version(String secretId, String baseVersionId, PayloadEntry... entries) {
    List<PayloadChange> changes =
        Stream.of(entries)
            .<PayloadChange>map(entry ->
                entry.value().length() == 0
                    ? new PayloadChange.Remove(entry.key())
                    : new PayloadChange.Put(entry))
            .toList();
    return new AddVersion(secretId, "", changes, baseVersionId);
  }

  public static PayloadEntry text(String key, String value) {
    return new PayloadEntry(key, false, bytes(value.getBytes(StandardCharsets.UTF_8)));
  }

  public static PayloadEntry binary(String key, byte... value) {
    return new PayloadEntry(key, true, bytes(value));
  }

  /** The value of an entry, as text. */
  public static String text(PayloadEntry entry) {
    return entry.value().lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the entry it becomes the value of.
  private static SecretBytes bytes(byte[] value) {
    return SecretBytes.takeOver(value.clone());
  }

  private static CreateSecret secret(
      String folderId,
      String name,
      String kmsKeyId,
      boolean deletionProtection,
      Optional<PasswordSpecification> password,
      PayloadEntry... entries) {
    return new CreateSecret(
        folderId,
        name,
        "",
        new TreeMap<>(),
        kmsKeyId,
        "",
        List.of(entries),
        deletionProtection,
        password,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
