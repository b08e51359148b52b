package io.coffer.core.secret;

import static io.coffer.core.Event.word;
import static io.coffer.core.Event.words;

import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.core.folder.Folder;
import java.util.List;

/** Audit events about secrets, with the details of Lockbox's: keys of entries, never values. */
final class SecretEvents {
  private SecretEvents() {}

  static Event of(Folder folder, Action action, Secret secret) {
    Event event =
        Event.in(
            folder.path(),
            action,
            word("secret_id", secret.id()),
            word("secret_name", secret.name()),
            word("secret_status", secret.status().name()));
    return secret.kmsKeyId().isEmpty()
        ? event
        : event.with(word("secret_kms_key_id", secret.kmsKeyId()));
  }

  /** Of a value that was not stored here. */
  static Event ofDriver(Folder folder, Action action, Secret secret, String driver) {
    return of(folder, action, secret)
        .with(word("secret_driver", driver))
        .with(words("secret_version_payload_entry_keys", List.of(Payloads.DOCKER_KEY)));
  }

  static Event of(Folder folder, Action action, Secret secret, Version version) {
    return of(folder, action, secret)
        .with(word("secret_version_id", version.id()))
        .with(word("secret_version_status", version.status().code()))
        .with(words("secret_version_payload_entry_keys", version.entryKeys()));
  }
}
