package io.coffer.core.change;

import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import java.time.Instant;

/**
 * That a secret was made, changed or deleted.
 *
 * @param action what was done; its effect is never {@link Action.Effect#NONE}
 * @param name of the secret, afterwards
 * @param versionId that the action was about, empty if it was about none
 * @param at when the call arrived, which is the time the secret itself shows
 */
public record SecretChange(
    Action action, String folderId, String secretId, String name, String versionId, Instant at) {
  static SecretChange of(Call call, Event event) {
    String folderId =
        event.path().stream()
            .filter(place -> place.type().equals("resource-manager.folder"))
            .map(Event.Place::id)
            .findFirst()
            .orElseThrow(() -> new AssertionError("a change of a secret in no folder"));
    String secretId = event.wordOf("secret_id");
    if (secretId.isEmpty()) {
      throw new AssertionError("a change of no secret");
    }
    return new SecretChange(
        event.action(),
        folderId,
        secretId,
        event.wordOf("secret_name"),
        event.wordOf("secret_version_id"),
        call.at());
  }

  /**
   * One that is committed.
   *
   * @param position the revision of the call that left it: later ones are greater, and those of one
   *     call are equal
   */
  public record Placed(long position, SecretChange change) {}
}
