package io.coffer.core.kms;

import static io.coffer.core.Event.word;

import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.core.folder.Folder;
import java.util.List;

/** Audit events about keys. */
final class KeyEvents {
  private KeyEvents() {}

  /** That somebody asks for it; all that is known if he is refused. */
  static Event asked(Action action, String keyId, String versionId) {
    Event event = Event.of(action, word("key_id", keyId));
    return versionId.isEmpty() ? event : event.with(word("key_version_id", versionId));
  }

  static Event of(Folder folder, Action action, SymmetricKey key, String versionId) {
    return of(folder.path(), action, key, versionId);
  }

  /** Of a key whose folder may be gone before it. */
  static Event of(List<Event.Place> path, Action action, SymmetricKey key, String versionId) {
    return Event.in(
        path,
        action,
        word("key_id", key.id()),
        word("key_name", key.name()),
        word("key_status", key.status().name()),
        word("key_version_id", versionId));
  }
}
