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
import io.coffer.engine.Committed;
import io.coffer.engine.WriteTx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** Reading values. Every read is on record before the value leaves. */
public final class Payloads {
  /** The entry that a value of the Docker door is kept under. */
  public static final String DOCKER_KEY = "data";

  private final Verbs verbs;
  private final Witness witness;
  private final PayloadSealing sealing;

  public Payloads(Verbs verbs, Witness witness, PayloadSealing sealing) {
    this.verbs = verbs;
    this.witness = witness;
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
    // What a body opened in vain, since it met a conflict or its record was not written, is wiped.
    AtomicReference<Optional<Payload>> opened = new AtomicReference<>(Optional.empty());
    return verbs
        .write(
            call,
            asked,
            tx -> {
              opened.getAndSet(Optional.empty()).ifPresent(Payload::close);
              Payload payload = get(tx, call, secretId, versionId);
              opened.set(Optional.of(payload));
              return payload;
            })
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            opened.get().ifPresent(Payload::close);
          }
        })
        .thenApply(Committed::value);
  }

  private Payload get(WriteTx tx, Call call, String secretId, String versionId) {
    Optional<SecretRows.Found> known = SecretRows.find(tx, secretId);
    if (known.isEmpty()) {
      Access.requireSomewhere(tx, call, Permission.PAYLOAD_GET, "lockbox.secret", secretId);
      throw new Problem.NotFound("secret", secretId).asException();
    }
    SecretRows.Found found = known.get();
    Secret secret = found.secret();
    Access.require(tx, call, Permission.PAYLOAD_GET, Resource.secret(secretId, found.folder()));
    if (secret.status() == Secret.Status.INACTIVE) {
      throw new Problem.Unmet("secret is INACTIVE", secretId).asException();
    }
    Version version = version(tx, secret, versionId);
    version.status().requireActive(version.id());
    Payload payload = sealing.open(tx, version);
    witness.saw(tx, call, SecretEvents.of(found.folder(), Action.GET_PAYLOAD, secret, version));
    return payload;
  }

  private static Version version(WriteTx tx, Secret secret, String versionId) {
    if (versionId.isEmpty()) {
      return SecretRows.current(tx, secret)
          .orElseThrow(() -> new Problem.Unmet("secret has no version", secret.id()).asException());
    }
    return SecretRows.version(tx, secret.id(), versionId)
        .orElseThrow(() -> new Problem.NotFound("version", versionId).asException());
  }
}
