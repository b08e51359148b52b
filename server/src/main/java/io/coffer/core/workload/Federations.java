package io.coffer.core.workload;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Folder;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The verbs on federations. Whoever changes where the keys of one are can be every account that has
 * a credential for it. What is changed counts from the next exchange on, and for tokens that were
 * given from the next call on.
 */
public final class Federations {
  /** Of one folder. */
  public static final int FEDERATIONS_MAX = 100;

  /** That refer to one federation. */
  public static final int CREDENTIALS_MAX = 1_000;

  private static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final KeyPlaces places;

  public Federations(Verbs verbs, Witness witness, Ids ids, Keyring keyring, KeyPlaces places) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.places = places;
  }

  /** Makes one; its name is one that no other of the folder has. */
  public CompletionStage<Operation> create(Call call, CreateFederation command) {
    requireAllowed(command.jwksUrl());
    Federation federation = // Drawn outside the body, which may run twice.
        new Federation(
            ids.account(),
            command.folderId(),
            command.name(),
            command.description(),
            call.at(),
            !command.disabled(),
            command.audiences(),
            command.issuer(),
            command.jwksUrl().text(),
            command.labels());
    String operationId = ids.account();
    Event asked =
        Event.of(
            Action.CREATE_FEDERATION,
            Event.word("folder_id", command.folderId()),
            Event.word("federation_name", command.name()));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Folder folder =
                  Access.requireFolder(tx, call, Permission.FEDERATIONS_CREATE, command.folderId());
              requireFreeName(tx, federation);
              if (FederationRows.of(tx, folder.id(), "", FEDERATIONS_MAX).size()
                  == FEDERATIONS_MAX) {
                throw new Problem.Exhausted(
                        "iam.workloadIdentityFederations.count", FEDERATIONS_MAX)
                    .asException();
              }
              FederationRows.put(tx, federation);
              return record(
                  tx,
                  call,
                  OperationKind.CREATE_FEDERATION,
                  federation,
                  operationId,
                  said(folder, Action.CREATE_FEDERATION, federation));
            })
        .thenApply(Committed::value);
  }

  private void requireAllowed(JwksUrl url) {
    if (!places.allow(url)) {
      throw new Problem.Invalid(
              "jwks_url",
              "must not lead to a link-local address, and a file must be below --oidc-keys")
          .asException();
    }
  }

  private static void requireFreeName(ReadTx tx, Federation wanted) {
    if (FederationRows.of(tx, wanted.folderId(), "", FEDERATIONS_MAX).stream()
        .anyMatch(other -> other.name().equals(wanted.name()) && !other.id().equals(wanted.id()))) {
      throw new Problem.AlreadyExists("federation", wanted.name()).asException();
    }
  }

  public CompletionStage<Federation> get(Call call, String federationId) {
    return verbs.read(
        call,
        asked(Action.GET_FEDERATION, federationId),
        tx ->
            FederationRows.require(tx, call, Permission.FEDERATIONS_GET, federationId)
                .federation());
  }

  /**
   * The federations of a folder, in the order of ids.
   *
   * @param pageSize 0 to 1000; 0 means 100
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<Federation>> list(
      Call call, String folderId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = "federations\0" + folderId;
    return verbs.read(
        call,
        Event.of(Action.LIST_FEDERATIONS, Event.word("folder_id", folderId)),
        tx -> {
          Folder _ = Access.requireFolder(tx, call, Permission.FEDERATIONS_LIST, folderId);
          String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
          List<Federation> rest = FederationRows.of(tx, folderId, last, size + 1);
          List<Federation> page = rest.subList(0, Math.min(size, rest.size()));
          return new Page<>(
              page, rest.size() > size ? pageTokens.after(list, page.getLast().id()) : "");
        });
  }

  public CompletionStage<Operation> update(Call call, UpdateFederation command) {
    command.jwksUrl().ifPresent(this::requireAllowed);
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            asked(Action.UPDATE_FEDERATION, command.federationId()),
            tx -> {
              FederationRows.Found found =
                  FederationRows.require(
                      tx, call, Permission.FEDERATIONS_UPDATE, command.federationId());
              Federation changed = command.of(found.federation());
              requireFreeName(tx, changed);
              FederationRows.put(tx, changed);
              return record(
                  tx,
                  call,
                  OperationKind.UPDATE_FEDERATION,
                  changed,
                  operationId,
                  said(found.folder(), Action.UPDATE_FEDERATION, changed));
            })
        .thenApply(Committed::value);
  }

  /** Takes it away with the credentials that refer to it. Its id is never used again. */
  public CompletionStage<Operation> delete(Call call, String federationId) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            asked(Action.DELETE_FEDERATION, federationId),
            tx -> {
              FederationRows.Found found =
                  FederationRows.require(tx, call, Permission.FEDERATIONS_DELETE, federationId);
              List<String> credentials = FederationRows.delete(tx, found.federation());
              Event done =
                  said(found.folder(), Action.DELETE_FEDERATION, found.federation())
                      .with(Event.words("federated_credential_ids", credentials));
              Operation operation =
                  record(
                      tx,
                      call,
                      OperationKind.DELETE_FEDERATION,
                      found.federation(),
                      operationId,
                      done);
              Operations.forget(tx, federationId);
              return operation;
            })
        .thenApply(Committed::value);
  }

  private Operation record(
      WriteTx tx,
      Call call,
      OperationKind kind,
      Federation federation,
      String operationId,
      Event done) {
    Operation operation =
        Operation.done(
            operationId,
            kind,
            call,
            federation.folderId(),
            federation.id(),
            "",
            FederationCodec.encode(federation));
    Operations.put(tx, operation);
    witness.saw(tx, call, done);
    return operation;
  }

  private static Event asked(Action action, String federationId) {
    return Event.of(action, Event.word("federation_id", federationId));
  }

  private static Event said(Folder folder, Action action, Federation federation) {
    return Event.in(
        folder.path(),
        action,
        Event.word("federation_id", federation.id()),
        Event.word("federation_name", federation.name()),
        Event.word("enabled", String.valueOf(federation.enabled())),
        Event.word("issuer", federation.issuer()),
        Event.word("jwks_url", federation.jwksUrl()),
        Event.words("audiences", federation.audiences()));
  }
}
