package io.coffer.core.secret;

import io.coffer.Problem;
import io.coffer.SecretBytes;
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
import java.util.concurrent.CompletableFuture;
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
  private final SecretProviders providers;

  public Payloads(
      Verbs verbs,
      Witness witness,
      Secrets secrets,
      PayloadSealing sealing,
      SecretProviders providers) {
    this.verbs = verbs;
    this.witness = witness;
    this.names = secrets.names();
    this.sealing = sealing;
    this.providers = providers;
  }

  /**
   * The payload of a version, which the caller of this must close. Of a secret with a driver, the
   * current payload is what the driver gives, of no version; only by its id a stored one is had.
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
                .orElseThrow(() -> Access.noSuchFolder(tx, call, Permission.PAYLOAD_GET, folderId));
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
            tx -> known(tx, call, asked.action(), permitted.apply(tx), versionId),
            Known::stored)
        .thenCompose(known ->
            switch (known) {
              case Known.Stored(var read) -> CompletableFuture.completedStage(read.payload());
              case Known.Elsewhere(var wanted) ->
                  providers
                      .ask(wanted)
                      .thenCompose(value -> record(call, asked, permitted, wanted, value));
            });
  }

  /** What a transaction can tell of a payload: a driver is not asked inside of one. */
  private sealed interface Known {
    record Stored(Read read) implements Known {}

    record Elsewhere(SecretProviders.Wanted wanted) implements Known {}

    default Optional<Payload> stored() {
      return this instanceof Stored(var read) ? Optional.of(read.payload()) : Optional.empty();
    }
  }

  private Known known(
      WriteTx tx, Call call, Action action, SecretRows.Found found, String versionId) {
    Secret secret = found.secret();
    Optional<SecretProviders.Wanted> wanted = secret.wanted(found.revision());
    if (versionId.isEmpty() && wanted.isPresent()) {
      requireActive(secret);
      return new Known.Elsewhere(wanted.get());
    }
    Version version = readable(tx, secret, versionId);
    Event event = SecretEvents.of(found.folder(), action, secret, version);
    return new Known.Stored(open(tx, call, secret, version, event));
  }

  /** Only what is on record leaves: who may no longer, or of what changed meanwhile, gets none. */
  private CompletionStage<Payload> record(
      Call call,
      Event asked,
      Function<WriteTx, SecretRows.Found> permitted,
      SecretProviders.Wanted wanted,
      SecretBytes value) {
    return verbs
        .write(
            call,
            asked,
            tx -> {
              SecretRows.Found found = permitted.apply(tx);
              requireActive(found.secret());
              // Another of that name would have another revision, since each call has its own.
              if (found.revision() != wanted.revision()) {
                throw new Problem.Stale(wanted.revision(), found.revision()).asException();
              }
              witness.saw(
                  tx,
                  call,
                  SecretEvents.ofDriver(
                      found.folder(), asked.action(), found.secret(), wanted.driver()));
              return true;
            })
        .thenApply(_ -> new Payload(wanted.secretId(), "", List.of(PayloadEntry.fromDocker(value))))
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            value.close();
          }
        });
  }

  /** A payload and what it is of. */
  record Read(Secret secret, Payload payload) {}

  /** Runs a body that opens a payload; whoever gets that closes it. */
  CompletionStage<Read> opening(Call call, Event asked, Function<WriteTx, Read> body) {
    return opening(call, asked, body, read -> Optional.of(read.payload()));
  }

  private <T> CompletionStage<T> opening(
      Call call, Event asked, Function<WriteTx, T> body, Function<T, Optional<Payload>> payload) {
    // What a body opened in vain, since it met a conflict or its record was not written, is wiped.
    AtomicReference<Optional<Payload>> opened = new AtomicReference<>(Optional.empty());
    return verbs
        .write(
            call,
            asked,
            tx -> {
              opened.getAndSet(Optional.empty()).ifPresent(Payload::close);
              T read = body.apply(tx);
              opened.set(payload.apply(read));
              return read;
            })
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            opened.get().ifPresent(Payload::close);
          }
        })
        .thenApply(Committed::value);
  }

  /**
   * The id of the version that {@link #get} would read, for those whom it would let; empty if a
   * driver would be asked. Nothing is opened, and nothing recorded: no value leaves.
   */
  public CompletionStage<Optional<String>> current(Call call, String secretId, String versionId) {
    Event asked =
        Event.of(
            Action.GET_PAYLOAD,
            Event.word("secret_id", secretId),
            Event.word("secret_version_id", versionId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Secret secret = Secrets.require(tx, call, Permission.PAYLOAD_GET, secretId).secret();
          requireActive(secret);
          if (versionId.isEmpty() && secret.driver().isPresent()) {
            return Optional.empty();
          }
          Version version = readable(tx, secret, versionId);
          PayloadSealing.requireReadable(tx, call, secret, version);
          return Optional.of(version.id());
        });
  }

  static void requireActive(Secret secret) {
    if (secret.status() == Secret.Status.INACTIVE) {
      throw new Problem.Unmet("secret is INACTIVE", secret.id()).asException();
    }
  }

  /** The version, if its payload can be read. What a driver gives is in none. */
  static Version readable(ReadTx tx, Secret secret, String versionId) {
    requireActive(secret);
    if (versionId.isEmpty() && secret.driver().isPresent()) {
      throw new Problem.Unmet("has a driver that gives its value", secret.id()).asException();
    }
    Version version = version(tx, secret, versionId);
    version.status().requireActive(version.id());
    return version;
  }

  /** Opens what the caller was found to have the permission for, and can be read. */
  Read open(WriteTx tx, Call call, Secret secret, Version version, Event event) {
    Payload payload = sealing.read(tx, call, secret, version);
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
