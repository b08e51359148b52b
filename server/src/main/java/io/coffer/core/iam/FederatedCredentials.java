package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.workload.FederationRows;
import io.coffer.core.workload.Federations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The verbs on federated credentials: whoever makes one lets others be the account. To make one he
 * must see the federation as well. It counts from the next exchange on; tokens that were given for
 * it end with it.
 */
public final class FederatedCredentials {
  /** Of one account. */
  public static final int CREDENTIALS_MAX = KeyVerbs.KEYS_MAX;

  private final Ids ids;
  private final KeyVerbs<FederatedCredential> keys;

  public FederatedCredentials(Verbs verbs, Witness witness, Ids ids, Keyring keyring) {
    this.ids = ids;
    this.keys = new KeyVerbs<>(verbs, witness, ids, keyring, new Rows());
  }

  public CompletionStage<Operation> create(Call call, CreateFederatedCredential command) {
    FederatedCredential credential =
        new FederatedCredential(
            ids.account(),
            command.accountId(),
            command.federationId(),
            command.subject().text(),
            call.at());
    return keys.create(
        call,
        change(Action.CREATE_FEDERATED_CREDENTIAL, OperationKind.CREATE_FEDERATED_CREDENTIAL),
        credential,
        tx -> requireFit(tx, call, credential),
        List.of(
            Event.word("federation_id", command.federationId()),
            Event.word("external_subject_id", command.subject().text())));
  }

  private static void requireFit(ReadTx tx, Call call, FederatedCredential wanted) {
    FederationRows.Found _ =
        FederationRows.require(tx, call, Permission.FEDERATIONS_GET, wanted.federationId());
    Keyspace.Range range = Keyspace.credentialsOfFederation(wanted.federationId());
    if (tx.scan(range.from(), range.to(), Federations.CREDENTIALS_MAX).size()
        == Federations.CREDENTIALS_MAX) {
      throw new Problem.Exhausted(
              "iam.federatedCredentials.countOfFederation", Federations.CREDENTIALS_MAX)
          .asException();
    }
    if (Accounts.credentials(tx, wanted.serviceAccountId(), "", CREDENTIALS_MAX).stream()
        .anyMatch(other ->
            other.federationId().equals(wanted.federationId())
                && other.externalSubjectId().equals(wanted.externalSubjectId()))) {
      throw new Problem.AlreadyExists("federated credential", wanted.externalSubjectId())
          .asException();
    }
  }

  public CompletionStage<FederatedCredential> get(Call call, String credentialId) {
    return keys.get(call, Action.GET_FEDERATED_CREDENTIAL, credentialId);
  }

  /**
   * The credentials of an account, in the order of ids.
   *
   * @param pageSize 0 to 1000; 0 means 100
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<FederatedCredential>> list(
      Call call, String accountId, int pageSize, String pageToken) {
    Subject account = new Subject(Subject.Type.SERVICE_ACCOUNT, accountId);
    return keys.list(call, Action.LIST_FEDERATED_CREDENTIALS, account, pageSize, pageToken);
  }

  public CompletionStage<Operation> delete(Call call, String credentialId) {
    return keys.delete(
        call,
        change(Action.DELETE_FEDERATED_CREDENTIAL, OperationKind.DELETE_FEDERATED_CREDENTIAL),
        credentialId);
  }

  /** People have no federated credentials. */
  private static KeyVerbs.Change change(Action action, OperationKind kind) {
    return new KeyVerbs.Change(action, kind, kind);
  }

  private static final class Rows implements KeyVerbs.Kind<FederatedCredential> {
    @Override
    public String resource() {
      return "iam.federatedCredential";
    }

    @Override
    public String listName() {
      return "federated-credentials";
    }

    @Override
    public Problem missing(String keyId) {
      return new Problem.NotFound("federated credential", keyId);
    }

    @Override
    public Problem tooMany() {
      return new Problem.Exhausted("iam.federatedCredentials.count", CREDENTIALS_MAX);
    }

    @Override
    public Optional<FederatedCredential> find(ReadTx tx, String keyId) {
      return Accounts.credential(tx, keyId);
    }

    @Override
    public List<FederatedCredential> of(ReadTx tx, String accountId, String after, int limit) {
      return Accounts.credentials(tx, accountId, after, limit);
    }

    @Override
    public void put(WriteTx tx, FederatedCredential key) {
      Accounts.put(tx, key);
    }

    @Override
    public void delete(WriteTx tx, FederatedCredential key) {
      Accounts.delete(tx, key);
    }

    @Override
    public Bytes encode(FederatedCredential key) {
      return AccountCodec.encode(key);
    }
  }
}
