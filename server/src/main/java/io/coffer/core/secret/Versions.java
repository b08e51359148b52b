package io.coffer.core.secret;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The verbs on versions of a secret. */
public final class Versions {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final PayloadSealing sealing;
  private final SecretLimits limits;

  public Versions(Verbs verbs, Witness witness, Ids ids, Secrets secrets, PayloadSealing sealing) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = secrets.pageTokens();
    this.sealing = sealing;
    this.limits = secrets.limits();
  }

  /**
   * The versions of a secret in any state, in the order of ids.
   *
   * @param pageSize 0 to {@link Secrets#PAGE_MAX}; 0 means {@link Secrets#PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<Version>> list(
      Call call, String secretId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? Secrets.PAGE_DEFAULT : pageSize;
    String list = "versions\0" + secretId;
    Event asked = Event.of(Action.LIST_VERSIONS, Event.word("secret_id", secretId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Secrets.require(tx, call, Permission.SECRETS_GET, secretId);
          Keyspace.Range range = Keyspace.versions(secretId);
          if (!pageToken.isEmpty()) {
            range = range.after(Keyspace.version(secretId, pageTokens.lastId(list, pageToken)));
          }
          List<Row> rows = tx.scan(range.from(), range.to(), size + 1);
          List<Version> versions =
              rows.stream().limit(size).map(row -> SecretCodec.version(row.value())).toList();
          return new Page<>(
              versions, rows.size() > size ? pageTokens.after(list, versions.getLast().id()) : "");
        });
  }

  /** Makes a version that can be read the one a reader gets who names none. */
  public CompletionStage<Operation> setCurrent(Call call, String secretId, String versionId) {
    return change(
        call,
        Action.SET_CURRENT_VERSION,
        OperationKind.SET_CURRENT_VERSION,
        secretId,
        versionId,
        (tx, found, version) -> {
          version.status().requireActive(versionId);
          Secret secret = found.secret();
          Secret changed = secret.with(secret.status(), Optional.of(versionId), call.at());
          tx.put(Keyspace.secret(secret.folderId(), secretId), SecretCodec.encode(changed));
          return version;
        });
  }

  /** Takes a version out of use, the current one too, until it is destroyed. */
  public CompletionStage<Operation> scheduleDestruction(Call call, ScheduleDestruction command) {
    return change(
        call,
        Action.SCHEDULE_VERSION_DESTRUCTION,
        OperationKind.SCHEDULE_VERSION_DESTRUCTION,
        command.secretId(),
        command.versionId(),
        (tx, _, version) ->
            changed(
                tx,
                version,
                version.status().schedule(version.id(), command.destroyAt(call.at()))));
  }

  public CompletionStage<Operation> cancelDestruction(
      Call call, String secretId, String versionId) {
    return change(
        call,
        Action.CANCEL_VERSION_DESTRUCTION,
        OperationKind.CANCEL_VERSION_DESTRUCTION,
        secretId,
        versionId,
        (tx, _, version) -> changed(tx, version, version.status().cancel(version.id(), call.at())));
  }

  private static Version changed(WriteTx tx, Version version, VersionStatus status) {
    Version changed = version.with(status);
    SecretRows.put(tx, version, changed);
    return changed;
  }

  /** What a verb does to a version that is there, and what the version is then. */
  @FunctionalInterface
  private interface Change {
    Version of(WriteTx tx, SecretRows.Found found, Version version);
  }

  private CompletionStage<Operation> change(
      Call call,
      Action action,
      OperationKind kind,
      String secretId,
      String versionId,
      Change change) {
    String operationId = ids.lockbox();
    Event asked =
        Event.of(
            action, Event.word("secret_id", secretId), Event.word("secret_version_id", versionId));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              SecretRows.Found found =
                  Secrets.require(tx, call, Permission.SECRETS_UPDATE, secretId);
              Version version =
                  change.of(tx, found, SecretRows.requireVersion(tx, secretId, versionId));
              witness.saw(
                  tx, call, SecretEvents.of(found.folder(), action, found.secret(), version));
              return done(tx, call, operationId, kind, found, version);
            })
        .thenApply(Committed::value);
  }

  /**
   * Adds a version and makes it the current one. The command's values are sealed when this returns;
   * close it then.
   */
  public CompletionStage<Operation> add(Call call, AddVersion command) {
    Event asked = Event.of(Action.ADD_VERSION, Event.word("secret_id", command.secretId()));
    String versionId = ids.lockbox();
    if (!command.changes().isEmpty()) {
      return add(call, asked, command, sealing.draft(call, command, versionId));
    }
    // Looked up before the transaction: its body must not draw a password.
    return verbs
        .read(
            call,
            asked,
            tx ->
                command.generatedBy(
                    Secrets.require(tx, call, Permission.SECRETS_UPDATE, command.secretId())
                        .secret()))
        .thenCompose(specification ->
            add(
                call,
                asked,
                command,
                specification
                    .map(found -> sealing.generated(call, command, versionId, found))
                    .orElseGet(() -> sealing.draft(call, command, versionId))));
  }

  private CompletionStage<Operation> add(
      Call call, Event asked, AddVersion command, VersionDraft draft) {
    String operationId = ids.lockbox();
    return verbs
        .write(call, asked, tx -> add(tx, call, command, draft, operationId))
        .whenComplete((_, _) -> draft.close())
        .thenApply(Committed::value);
  }

  private Operation add(
      WriteTx tx, Call call, AddVersion command, VersionDraft draft, String operationId) {
    SecretRows.Found found =
        Secrets.require(tx, call, Permission.SECRETS_UPDATE, command.secretId());
    Secret secret = found.secret();
    requireFit(secret, command, draft);
    requireRoom(tx, secret);
    Optional<Version> base = base(tx, secret, command);
    SealedVersion version =
        base.filter(_ -> draft.password().isEmpty())
            .map(known -> sealing.over(tx, call, secret, known, draft))
            .orElseGet(draft::alone);
    version.requireRoomIn(found.folder(), AddVersion.FIELD, limits.versionBytes());
    sealing.put(tx, call, secret, version);
    Secret changed = secret.with(secret.status(), Optional.of(version.version().id()), call.at());
    tx.put(Keyspace.secret(secret.folderId(), secret.id()), SecretCodec.encode(changed));
    witness.saw(
        tx, call, SecretEvents.of(found.folder(), Action.ADD_VERSION, changed, version.version()));
    return done(tx, call, operationId, OperationKind.ADD_VERSION, found, version.version());
  }

  private static void requireFit(Secret secret, AddVersion command, VersionDraft draft) {
    if (secret.driver().isPresent()) {
      throw new Problem.Unmet("has a driver that gives its value", secret.id()).asException();
    }
    if (!command.generatedBy(secret).equals(draft.password())) {
      throw new Problem.Unavailable("the password specification changed, ask again", SOON)
          .asException();
    }
    if (secret.password().isPresent() && !command.changes().isEmpty()) {
      throw new Problem.Unmet(
              "has a password specification that makes its payload, "
                  + "payload_entries must be omitted",
              secret.id())
          .asException();
    }
  }

  private void requireRoom(ReadTx tx, Secret secret) {
    int[] live = {0};
    SecretRows.eachVersion(
        tx,
        secret.id(),
        version -> live[0] += version.status() instanceof VersionStatus.Destroyed ? 0 : 1);
    int most = limits.versions();
    if (live[0] >= most) {
      throw new Problem.Exhausted("lockbox.versions.count", most).asException();
    }
  }

  /** What the changes are made to; a current version that cannot be read counts as none. */
  private static Optional<Version> base(ReadTx tx, Secret secret, AddVersion command) {
    if (command.baseVersionId().isEmpty()) {
      return SecretRows.current(tx, secret)
          .filter(version -> version.status() instanceof VersionStatus.Active);
    }
    Version base = SecretRows.requireVersion(tx, secret.id(), command.baseVersionId());
    base.status().requireActive(base.id());
    return Optional.of(base);
  }

  private static Operation done(
      WriteTx tx,
      Call call,
      String operationId,
      OperationKind kind,
      SecretRows.Found found,
      Version version) {
    Operation operation =
        Operation.done(
            operationId,
            kind,
            call,
            found.folder().id(),
            version.secretId(),
            version.id(),
            new VersionResult(version).encode());
    Operations.put(tx, operation);
    return operation;
  }
}
