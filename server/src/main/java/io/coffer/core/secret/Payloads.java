package io.coffer.core.secret;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.Committed;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Reading values. Every read is on record before the value leaves. */
public final class Payloads {
  /** The entry that a value of the Docker door is kept under. */
  public static final String DOCKER_KEY = "data";

  private final Verbs verbs;
  private final Witness witness;
  private final Names names;
  private final PayloadSealing sealing;

  public Payloads(Verbs verbs, Witness witness, Secrets secrets, PayloadSealing sealing) {
    this.verbs = verbs;
    this.witness = witness;
    this.names = secrets.names();
    this.sealing = sealing;
  }

  /**
   * The payload of a version, which the caller of this must close.
   *
   * @param versionId empty for the current one
   */
  public CompletionStage<Payload> get(Call call, String secretId, String versionId) {
    Event asked =
        Event.of(
            Action.GET_PAYLOAD,
            Event.word("secret_id", secretId),
            Event.word("secret_version_id", versionId));
    return get(
        call, asked, tx -> Secrets.require(tx, call, Permission.PAYLOAD_GET, secretId), versionId);
  }

  /** As {@link #get(Call, String, String)}, of a secret named in either way. */
  public CompletionStage<Payload> getEx(Call call, SecretReference reference, String versionId) {
    Event asked =
        switch (reference) {
          case SecretReference.ById(var id) ->
              Event.of(Action.GET_PAYLOAD_EX, Event.word("secret_id", id));
          case SecretReference.ByName(var folderId, var name) ->
              Event.of(
                  Action.GET_PAYLOAD_EX,
                  Event.word("folder_id", folderId),
                  Event.word("secret_name", name));
        };
    return get(
        call,
        asked.with(Event.word("secret_version_id", versionId)),
        tx -> require(tx, call, reference),
        versionId);
  }

  private SecretRows.Found require(ReadTx tx, Call call, SecretReference reference) {
    return switch (reference) {
      case SecretReference.ById(var id) -> Secrets.require(tx, call, Permission.PAYLOAD_GET, id);
      case SecretReference.ByName(var folderId, var name) -> {
        Folder folder =
            Folders.find(tx, folderId)
                .orElseThrow(
                    () -> Secrets.noSuchFolder(tx, call, Permission.PAYLOAD_GET, folderId));
        yield byName(tx, call, folder, name);
      }
    };
  }

  /** To whoever may read none of that name it is as if there were none. */
  SecretRows.Found byName(ReadTx tx, Call call, Folder folder, String name) {
    List<String> ids = names.named(tx, folder, name);
    boolean mayReadOne =
        ids.stream()
            .anyMatch(id ->
                Access.allows(
                    tx, call.caller(), Permission.PAYLOAD_GET, Resource.secret(id, folder)));
    if (!mayReadOne) {
      Access.require(tx, call, Permission.PAYLOAD_GET, Resource.of(folder));
      throw new Problem.NotFound("secret", name).asException();
    }
    if (ids.size() > 1) {
      // Either could be meant, and a wrong value is worse than none.
      throw new Problem.Unmet("is the name of several secrets of the folder, ask by id", name)
          .asException();
    }
    return SecretRows.find(tx, folder, ids.getFirst())
        .orElseThrow(() -> new EngineException.Corrupt("a name of a secret that is not there"));
  }

  private CompletionStage<Payload> get(
      Call call, Event asked, Function<WriteTx, SecretRows.Found> permitted, String versionId) {
    return opening(
            call,
            asked,
            tx -> {
              SecretRows.Found found = permitted.apply(tx);
              Secret secret = found.secret();
              Version version = readable(tx, secret, versionId);
              Event event = SecretEvents.of(found.folder(), asked.action(), secret, version);
              return open(tx, call, secret, version, event);
            })
        .thenApply(Read::payload);
  }

  /** A payload and what it is of. */
  record Read(Secret secret, Payload payload) {}

  /** Runs a body that opens a payload; whoever gets that closes it. */
  CompletionStage<Read> opening(Call call, Event asked, Function<WriteTx, Read> body) {
    // What a body opened in vain, since it met a conflict or its record was not written, is wiped.
    AtomicReference<Optional<Payload>> opened = new AtomicReference<>(Optional.empty());
    return verbs
        .write(
            call,
            asked,
            tx -> {
              opened.getAndSet(Optional.empty()).ifPresent(Payload::close);
              Read read = body.apply(tx);
              opened.set(Optional.of(read.payload()));
              return read;
            })
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            opened.get().ifPresent(Payload::close);
          }
        })
        .thenApply(Committed::value);
  }

  /** The version, if its payload can be read. */
  static Version readable(ReadTx tx, Secret secret, String versionId) {
    if (secret.status() == Secret.Status.INACTIVE) {
      throw new Problem.Unmet("secret is INACTIVE", secret.id()).asException();
    }
    Version version = version(tx, secret, versionId);
    version.status().requireActive(version.id());
    return version;
  }

  /** Opens what the caller was found to have the permission for, and can be read. */
  Read open(WriteTx tx, Call call, Secret secret, Version version, Event event) {
    Payload payload = sealing.open(tx, version);
    witness.saw(tx, call, event);
    return new Read(secret, payload);
  }

  private static Version version(ReadTx tx, Secret secret, String versionId) {
    if (versionId.isEmpty()) {
      return SecretRows.current(tx, secret)
          .orElseThrow(() -> new Problem.Unmet("secret has no version", secret.id()).asException());
    }
    return SecretRows.requireVersion(tx, secret.id(), versionId);
  }
}
