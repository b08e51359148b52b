package io.coffer.core.secret;

import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.crypto.Same;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The verbs on secrets that take a reference as Docker does: a full id, else a name in any case,
 * else the beginning of an id.
 */
public final class DockerSecrets {
  private static final int SCAN_MAX = 10_000;

  private final Verbs verbs;
  private final Witness witness;
  private final Names names;
  private final PayloadSealing sealing;
  private final String folderId;

  /**
   * The verbs on one folder.
   *
   * @param folderId what the door shows
   */
  public DockerSecrets(
      Verbs verbs, Witness witness, Secrets secrets, PayloadSealing sealing, String folderId) {
    this.verbs = verbs;
    this.witness = witness;
    this.names = secrets.names();
    this.sealing = sealing;
    this.folderId = folderId;
  }

  public String folderId() {
    return folderId;
  }

  /** All secrets of the folder, in the order of ids. Versions are not looked up. */
  public CompletionStage<List<SecretView>> list(Call call) {
    Event asked = Event.of(Action.LIST_SECRETS, Event.word("folder_id", folderId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Folder folder = Access.requireFolder(tx, call, Permission.SECRETS_LIST, folderId);
          Keyspace.Range range = Keyspace.secrets(folder.id());
          List<SecretView> all = new ArrayList<>();
          List<Row> rows;
          do {
            rows = tx.scan(range.from(), range.to(), SCAN_MAX);
            rows.forEach(row -> all.add(view(SecretRows.found(folder, row))));
            range = rows.isEmpty() ? range : range.after(rows.getLast().key());
          } while (rows.size() == SCAN_MAX);
          return all;
        });
  }

  public CompletionStage<SecretView> inspect(Call call, String reference) {
    Event asked = Event.of(Action.GET_SECRET, Event.word("reference", reference));
    return verbs.read(
        call, asked, tx -> view(resolve(tx, call, reference, Permission.SECRETS_GET)));
  }

  /**
   * Replaces the labels. To compare data is to read it: it needs that permission and is recorded.
   *
   * @throws io.coffer.CofferException in the stage, with {@link Problem.Immutable} if name or data
   *     differ, {@link Problem.Stale} if the secret has changed since; in this order
   */
  public CompletionStage<SecretView> update(Call call, UpdateLabels command) {
    Event asked = Event.of(Action.UPDATE_SECRET, Event.word("reference", command.reference()));
    return verbs
        .write(call, asked, tx -> update(tx, call, command))
        .thenApply(done ->
            switch (done.value()) {
              case Update.Changed(var secret) ->
                  new SecretView(secret, Optional.empty(), done.revision());
              case Update.Refused(var problem) -> throw problem.asException();
            });
  }

  /** A body that refuses by throwing would take back the record of what it read to find out. */
  private sealed interface Update {
    record Changed(Secret secret) implements Update {}

    record Refused(Problem problem) implements Update {}
  }

  private Update update(WriteTx tx, Call call, UpdateLabels command) {
    SecretRows.Found found = resolve(tx, call, command.reference(), Permission.SECRETS_UPDATE);
    Secret secret = found.secret();
    if (!secret.name().equals(command.name())
        || (command.data().isPresent() && !has(tx, call, found, command.data().get()))) {
      return new Update.Refused(new Problem.Immutable("secret", secret.id()));
    }
    if (found.revision() != command.revision()) {
      return new Update.Refused(new Problem.Stale(command.revision(), found.revision()));
    }
    Secret changed = secret.withLabels(command.labels(), call.at());
    tx.put(Keyspace.secret(found.folder().id(), secret.id()), SecretCodec.encode(changed));
    witness.saw(tx, call, SecretEvents.of(found.folder(), Action.UPDATE_SECRET, changed));
    return new Update.Changed(changed);
  }

  /** Whether some version that can be read holds {@code data}: after a rotation, an older one. */
  private boolean has(WriteTx tx, Call call, SecretRows.Found found, SecretBytes data) {
    Secret secret = found.secret();
    Access.require(tx, call, Permission.PAYLOAD_GET, Resource.secret(secret.id(), found.folder()));
    Payloads.requireActive(secret);
    boolean same = false;
    Keyspace.Range versions = Keyspace.versions(secret.id());
    for (Row row : tx.scan(versions.from(), versions.to(), SCAN_MAX)) {
      Version version = SecretCodec.version(row.value());
      if (version.status() instanceof VersionStatus.Active) {
        try (Payload payload = sealing.read(tx, call, secret, version)) {
          // No short cut: how long it takes must not tell which version it was.
          same |=
              payload
                  .dockerValue()
                  .filter(value -> Same.inConstantTime(value.value(), data))
                  .isPresent();
        }
        witness.saw(tx, call, SecretEvents.of(found.folder(), Action.GET_PAYLOAD, secret, version));
      }
    }
    return same;
  }

  /** Deletes the secret with all its versions. Its name is free again at once. */
  public CompletionStage<Secret> delete(Call call, String reference) {
    Event asked = Event.of(Action.DELETE_SECRET, Event.word("reference", reference));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              SecretRows.Found found = resolve(tx, call, reference, Permission.SECRETS_DELETE);
              if (found.secret().deletionProtection()) {
                throw new Problem.Unmet("deletion protection is set", found.secret().name())
                    .asException();
              }
              SecretRows.remove(tx, names, found);
              witness.saw(
                  tx, call, SecretEvents.of(found.folder(), Action.DELETE_SECRET, found.secret()));
              return found.secret();
            })
        .thenApply(Committed::value);
  }

  private SecretRows.Found resolve(ReadTx tx, Call call, String reference, Permission permission) {
    if (!reference.isEmpty() && reference.indexOf('\0') < 0) {
      Folder folder = Folders.require(tx, folderId);
      Optional<SecretRows.Found> byId = SecretRows.find(tx, folder, reference);
      if (byId.isPresent()) {
        Access.require(tx, call, permission, Resource.secret(reference, folder));
        return byId.get();
      }
      // Whoever may not list must not learn from here which names and ids there are.
      Access.require(tx, call, Permission.SECRETS_LIST, Resource.of(folder));
      Optional<SecretRows.Found> found = byNameOrPrefix(tx, folder, reference);
      if (found.isPresent()) {
        Access.require(tx, call, permission, Resource.secret(found.get().secret().id(), folder));
        return found.get();
      }
    }
    throw new Problem.NotFound("secret", reference).asException();
  }

  private Optional<SecretRows.Found> byNameOrPrefix(ReadTx tx, Folder folder, String reference) {
    Optional<SecretRows.Found> byName =
        names.find(tx, folder, reference).flatMap(id -> SecretRows.find(tx, folder, id));
    if (byName.isPresent()) {
      return byName;
    }
    Keyspace.Range range = Keyspace.secretsWithIdPrefix(folder.id(), reference);
    List<Row> rows = tx.scan(range.from(), range.to(), SCAN_MAX);
    if (rows.size() > 1) {
      throw new Problem.Ambiguous("secret", reference, rows.size()).asException();
    }
    return rows.stream().findFirst().map(row -> SecretRows.found(folder, row));
  }

  private static SecretView view(SecretRows.Found found) {
    return new SecretView(found.secret(), Optional.empty(), found.revision());
  }
}
