package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.iam.KeyHolder.Act;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What the verbs on keys of accounts have in common, whatever kind the keys are of. */
final class KeyVerbs<K extends AccountKey> {
  /** Of one account and one kind. */
  static final int KEYS_MAX = 100;

  static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final Kind<K> kind;

  KeyVerbs(Verbs verbs, Witness witness, Ids ids, Keyring keyring, Kind<K> kind) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.kind = kind;
  }

  /** Where keys of a kind are kept, and what they are called. */
  interface Kind<K> {
    /** As refusals name one. */
    String resource();

    /** As page tokens name a list of them. */
    String listName();

    Problem missing(String keyId);

    Problem tooMany();

    Optional<K> find(ReadTx tx, String keyId);

    /** Those of an account, by id, from the one behind {@code after} on, which may be empty. */
    List<K> of(ReadTx tx, String accountId, String after, int limit);

    void put(WriteTx tx, K key);

    void delete(WriteTx tx, K key);

    Bytes encode(K key);
  }

  /**
   * What a change is called in the trail, and the operation it leaves.
   *
   * @param ofUser the same on a key of a person
   */
  record Change(Action action, OperationKind kind, OperationKind ofUser) {}

  /** Whose it will be, if the caller may make a key for him and there is room for one. */
  KeyHolder requireRoom(ReadTx tx, Call call, Subject account) {
    KeyHolder holder = KeyHolder.require(tx, call, Act.CREATE, account);
    if (kind.of(tx, account.id(), "", KEYS_MAX).size() == KEYS_MAX) {
      throw kind.tooMany().asException();
    }
    return holder;
  }

  /** Keeps a new key; {@code event} is of its account. */
  CompletionStage<K> create(Call call, Action action, K key, Event.Detail detail) {
    return verbs
        .write(
            call,
            AccountEvents.asked(action, key.account()),
            tx -> {
              KeyHolder holder = requireRoom(tx, call, key.account());
              kind.put(tx, key);
              witness.saw(tx, call, event(holder, action, key.id()).with(detail));
              return key;
            })
        .thenApply(Committed::value);
  }

  private static Event event(KeyHolder holder, Action action, String keyId) {
    return AccountEvents.of(holder, action).with(Event.word("key_id", keyId));
  }

  /**
   * Keeps a new key that is no secret, so that an operation can tell of it.
   *
   * @param fit throws what else forbids it, once the caller may make keys for the account
   */
  CompletionStage<Operation> create(
      Call call, Change named, K key, Consumer<ReadTx> fit, List<Event.Detail> details) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            AccountEvents.asked(named.action(), key.account()).with(details),
            tx -> {
              KeyHolder holder = requireRoom(tx, call, key.account());
              fit.accept(tx);
              kind.put(tx, key);
              return record(tx, call, named, holder, key, operationId, details);
            })
        .thenApply(Committed::value);
  }

  CompletionStage<K> get(Call call, Action action, String keyId) {
    return verbs.read(
        call, AccountEvents.askedKey(action, keyId), tx -> require(tx, call, Act.GET, keyId).key());
  }

  CompletionStage<Page<K>> list(
      Call call, Action action, Subject account, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = kind.listName() + "\0" + account.id();
    return verbs.read(
        call,
        AccountEvents.asked(action, account),
        tx -> {
          KeyHolder _ = KeyHolder.require(tx, call, Act.LIST, account);
          String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
          List<K> rest = kind.of(tx, account.id(), last, size + 1);
          List<K> page = rest.subList(0, Math.min(size, rest.size()));
          return new Page<>(
              page, rest.size() > size ? pageTokens.after(list, page.getLast().id()) : "");
        });
  }

  CompletionStage<Page<Operation>> listOperations(
      Call call, Action action, String keyId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    return verbs.read(
        call,
        AccountEvents.askedKey(action, keyId),
        tx -> {
          Found<K> _ = require(tx, call, Act.GET, keyId);
          return Operations.page(tx, pageTokens, keyId, size, pageToken);
        });
  }

  CompletionStage<Operation> update(
      Call call, Change named, String keyId, UnaryOperator<K> change) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            AccountEvents.askedKey(named.action(), keyId),
            tx -> {
              Found<K> found = require(tx, call, Act.UPDATE, keyId);
              K changed = change.apply(found.key());
              kind.put(tx, changed);
              return record(tx, call, named, found.holder(), changed, operationId, List.of());
            })
        .thenApply(Committed::value);
  }

  CompletionStage<Operation> delete(Call call, Change named, String keyId) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            AccountEvents.askedKey(named.action(), keyId),
            tx -> {
              Found<K> found = require(tx, call, Act.DELETE, keyId);
              kind.delete(tx, found.key());
              Operation operation =
                  record(tx, call, named, found.holder(), found.key(), operationId, List.of());
              Operations.forget(tx, keyId);
              return operation;
            })
        .thenApply(Committed::value);
  }

  private Operation record(
      WriteTx tx,
      Call call,
      Change named,
      KeyHolder holder,
      K key,
      String operationId,
      List<Event.Detail> details) {
    Operation operation =
        Operation.doneOnKey(
            operationId,
            switch (holder) {
              case KeyHolder.OfProgram _ -> named.kind();
              case KeyHolder.OfPerson _ -> named.ofUser();
            },
            call,
            holder.placeId(),
            key.account().id(),
            key.id(),
            kind.encode(key));
    Operations.put(tx, operation);
    witness.saw(tx, call, event(holder, named.action(), key.id()).with(details));
    return operation;
  }

  private record Found<K>(KeyHolder holder, K key) {}

  /** The key, if the caller may; one that does not exist is not there for whoever may look. */
  private Found<K> require(ReadTx tx, Call call, Act act, String keyId) {
    Optional<K> key = kind.find(tx, keyId);
    if (key.isEmpty()) {
      Access.requireSomewhere(tx, call, act.ofPrograms(), kind.resource(), keyId);
      throw kind.missing(keyId).asException();
    }
    KeyHolder holder =
        KeyHolder.find(tx, key.get().account())
            .orElseThrow(() -> new EngineException.Corrupt("a key of no account"));
    holder.requireKey(tx, call, act, kind.resource(), keyId);
    return new Found<>(holder, key.get());
  }
}
