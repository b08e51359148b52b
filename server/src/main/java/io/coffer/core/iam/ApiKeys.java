package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.crypto.Keyring;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The verbs on API keys. A secret is drawn here, given once, and kept as a digest. What is changed
 * of a key counts from the next call on.
 */
public final class ApiKeys {
  /** Of one account. */
  public static final int KEYS_MAX = KeyVerbs.KEYS_MAX;

  private final Ids ids;
  private final KeyVerbs<ApiKey> keys;
  private final Entropy entropy;

  public ApiKeys(Verbs verbs, Witness witness, Ids ids, Keyring keyring, Entropy entropy) {
    this.ids = ids;
    this.keys = new KeyVerbs<>(verbs, witness, ids, keyring, new Rows());
    this.entropy = entropy;
  }

  /** Each once, and each the id of a role; throws {@link Problem.Invalid} if one is of none. */
  static List<String> sound(List<String> scopes) {
    if (!scopes.stream().allMatch(scope -> Role.of(scope).isPresent())) {
      throw new Problem.Invalid("scopes", "must be ids of roles that exist").asException();
    }
    return List.copyOf(new LinkedHashSet<>(scopes));
  }

  /** Makes a key; whoever is given it closes it. */
  @SuppressWarnings("MustBeClosedChecker") // Whoever is given the key closes it.
  public CompletionStage<IssuedApiKey> create(Call call, CreateApiKey command) {
    Accounts.requireToCome(call, command.expiresAt());
    String accountId = Accounts.orOwn(call, command.accountId());
    String keyId = ids.account();
    SecretBytes secret = ApiKeySecret.draw(keyId, entropy);
    ApiKey key =
        new ApiKey(
            keyId,
            accountId,
            call.at(),
            command.description(),
            command.scopes(),
            command.expiresAt(),
            ApiKeySecret.masked(keyId, secret),
            ApiKeySecret.digest(secret));
    return keys.create(
            call, Action.CREATE_API_KEY, key, Event.words("key_scopes", command.scopes()))
        .thenApply(kept -> new IssuedApiKey(kept, secret))
        .whenComplete((kept, _) -> {
          if (kept == null) {
            secret.close();
          }
        });
  }

  public CompletionStage<ApiKey> get(Call call, String keyId) {
    return keys.get(call, Action.GET_API_KEY, keyId);
  }

  /**
   * The keys of an account, in the order of ids.
   *
   * @param ofAccount empty for the caller's own
   * @param pageSize 0 to 1000; 0 means 100
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<ApiKey>> list(
      Call call, String ofAccount, int pageSize, String pageToken) {
    Subject account = new Subject(Subject.Type.SERVICE_ACCOUNT, Accounts.orOwn(call, ofAccount));
    return keys.list(call, Action.LIST_API_KEYS, account, pageSize, pageToken);
  }

  public CompletionStage<Operation> update(Call call, UpdateApiKey command) {
    return keys.update(
        call,
        change(Action.UPDATE_API_KEY, OperationKind.UPDATE_API_KEY),
        command.keyId(),
        command::of);
  }

  public CompletionStage<Operation> delete(Call call, String keyId) {
    return keys.delete(call, change(Action.DELETE_API_KEY, OperationKind.DELETE_API_KEY), keyId);
  }

  /** People have no API keys. */
  private static KeyVerbs.Change change(Action action, OperationKind kind) {
    return new KeyVerbs.Change(action, kind, kind);
  }

  /** What was done to a key, the newest first; parameters as of {@link #list}. */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String keyId, int pageSize, String pageToken) {
    return keys.listOperations(call, Action.LIST_API_KEY_OPERATIONS, keyId, pageSize, pageToken);
  }

  private static final class Rows implements KeyVerbs.Kind<ApiKey> {
    @Override
    public String resource() {
      return "iam.apiKey";
    }

    @Override
    public String listName() {
      return "api-keys";
    }

    @Override
    public Problem missing(String keyId) {
      return new Problem.NotFound("API key", keyId);
    }

    @Override
    public Problem tooMany() {
      return new Problem.Exhausted("iam.apiKeys.count", KEYS_MAX);
    }

    @Override
    public Optional<ApiKey> find(ReadTx tx, String keyId) {
      return Accounts.apiKey(tx, keyId);
    }

    @Override
    public List<ApiKey> of(ReadTx tx, String accountId, String after, int limit) {
      return Accounts.apiKeys(tx, accountId, after, limit);
    }

    @Override
    public void put(WriteTx tx, ApiKey key) {
      Accounts.put(tx, key);
    }

    @Override
    public void delete(WriteTx tx, ApiKey key) {
      Accounts.delete(tx, key);
    }

    @Override
    public Bytes encode(ApiKey key) {
      return AccountCodec.encode(key);
    }
  }
}
