package io.coffer.testing;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.Entropy;
import io.coffer.Problem;
import io.coffer.audit.Chains;
import io.coffer.audit.Inspection;
import io.coffer.audit.Trail;
import io.coffer.auth.Audience;
import io.coffer.auth.Exchanges;
import io.coffer.auth.Failures;
import io.coffer.auth.IamTokens;
import io.coffer.auth.IssuerKeys;
import io.coffer.auth.Logins;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.binding.Bindings;
import io.coffer.core.certificate.ClientCertificates;
import io.coffer.core.change.ChangeWitness;
import io.coffer.core.due.Due;
import io.coffer.core.explain.Explanations;
import io.coffer.core.folder.Folder;
import io.coffer.core.founding.Founding;
import io.coffer.core.group.Groups;
import io.coffer.core.hierarchy.FirstFolders;
import io.coffer.core.hierarchy.Hierarchy;
import io.coffer.core.hierarchy.HierarchyChanges;
import io.coffer.core.iam.ApiKeys;
import io.coffer.core.iam.AuthorizedKeys;
import io.coffer.core.iam.FederatedCredentials;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.iam.ServiceAccounts;
import io.coffer.core.iam.UserAccounts;
import io.coffer.core.kms.DueKeys;
import io.coffer.core.kms.KeyUses;
import io.coffer.core.kms.KeyVersions;
import io.coffer.core.kms.KeyedDataKeys;
import io.coffer.core.kms.SymmetricKeys;
import io.coffer.core.operation.Operations;
import io.coffer.core.secret.Deliveries;
import io.coffer.core.secret.DockerSecrets;
import io.coffer.core.secret.Passwords;
import io.coffer.core.secret.PayloadSealing;
import io.coffer.core.secret.Payloads;
import io.coffer.core.secret.SecretLimits;
import io.coffer.core.secret.SecretQuota;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.Versions;
import io.coffer.core.workload.Federations;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.SealedTail;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TenantKeys;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.engine.BatchTail;
import io.coffer.engine.Engine;
import io.coffer.engine.Engines;
import io.coffer.engine.MemoryEngine;
import io.coffer.engine.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A whole Coffer in memory, founded, below its doors: the sealed engine, the audit trail and every
 * verb. Its chance comes from a seed, its clock moves when it is told to.
 */
public final class SimWorld implements AutoCloseable {
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final int SCAN_MAX = 10_000;

  private final MovableTail tail = new MovableTail();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final Entropy entropy;
  private final Keyring keyring;
  private final Engine untrusted;
  private final Engine engine;
  private final Trail witness;
  private final Founding founding;
  private final Secrets secrets;
  private final Versions versions;
  private final Payloads payloads;
  private final Deliveries deliveries;
  private final DockerSecrets dockerSecrets;
  private final Operations operations;
  private final Bindings bindings;
  private final Hierarchy hierarchy;
  private final HierarchyChanges hierarchyChanges;
  private final ClientCertificates clientCertificates;
  private final Explanations explanations;
  private final SymmetricKeys keys;
  private final KeyVersions keyVersions;
  private final KeyUses keyUses;
  private final DueKeys dueKeys;
  private final ServiceAccounts accounts;
  private final ApiKeys apiKeys;
  private final AuthorizedKeys authorizedKeys;
  private final UserAccounts userAccounts;
  private final Groups groups;
  private final Federations federations;
  private final FederatedCredentials credentials;
  private final FakeIssuers issuers = new FakeIssuers();
  private final Exchanges exchanges;
  private final IamTokens tokens;
  private final Logins logins;
  private final FakeDrivers drivers = new FakeDrivers();
  private final AtomicLong calls = new AtomicLong();
  private volatile Instant now = START;

  private SimWorld(long seed, Function<SimWorld, Engine> store) {
    SeededEntropy seeded = new SeededEntropy(seed);
    entropy =
        target -> {
          synchronized (seeded) { // Tests draw in many threads.
            seeded.fill(target);
          }
        };
    keyring = Keyring.fresh(entropy, START);
    untrusted = store.apply(this);
    engine = new SealedEngine(untrusted, keyring);
    witness = new Trail(engine);
    restart();
    Ids ids = new Ids(entropy);
    founding = Founding.plan(ids, serverCall(), ids.account(), LoginKeys.publicPem());
    await(founding.store(engine, witness, serverCall()));

    Witness changing = new ChangeWitness(witness);
    Verbs verbs = new Verbs(engine, changing);
    TenantKeys tenantKeys = new TenantKeys(keyring, entropy);
    PayloadSealing sealing =
        new PayloadSealing(
            new DataKeys(keyring, entropy),
            new Passwords(entropy),
            new KeyedDataKeys(changing, tenantKeys));
    secrets =
        new Secrets(
            verbs,
            changing,
            ids,
            keyring,
            sealing,
            drivers,
            new SecretQuota(engine, new SecretLimits(100_000, 1_000, 65_536)));
    versions = new Versions(verbs, changing, ids, secrets, sealing);
    payloads = new Payloads(verbs, changing, secrets, sealing, drivers);
    deliveries =
        new Deliveries(
            verbs,
            changing,
            secrets,
            sealing,
            drivers,
            founding.dockerFolder().id(),
            Runnable::run);
    dockerSecrets =
        new DockerSecrets(verbs, changing, secrets, sealing, founding.dockerFolder().id());
    operations = new Operations(verbs);
    bindings = new Bindings(verbs, changing, ids, keyring);
    hierarchy = new Hierarchy(verbs, keyring);
    hierarchyChanges =
        new HierarchyChanges(
            verbs, changing, ids, new FirstFolders(founding.folder(), founding.dockerFolder()));
    explanations = new Explanations(verbs, founding.cloud().id(), founding.dockerFolder().id());
    clientCertificates =
        new ClientCertificates(
            verbs,
            changing,
            CertificateAuthority.fresh("0123456789abcdef", clock(), entropy),
            founding.cloud().id());
    keys = new SymmetricKeys(verbs, changing, ids, keyring, tenantKeys);
    keyVersions = new KeyVersions(verbs, changing, ids, keyring);
    keyUses = new KeyUses(verbs, changing, tenantKeys);
    dueKeys = new DueKeys(engine, changing, ids, tenantKeys);
    accounts = new ServiceAccounts(verbs, changing, ids, keyring, founding.admin().id());
    apiKeys = new ApiKeys(verbs, changing, ids, keyring, entropy);
    authorizedKeys = new AuthorizedKeys(verbs, changing, ids, keyring, Runnable::run);
    userAccounts = new UserAccounts(verbs, changing, ids, keyring, authorizedKeys);
    groups = new Groups(verbs, changing, ids, keyring);
    federations = new Federations(verbs, changing, ids, keyring, url -> true);
    credentials = new FederatedCredentials(verbs, changing, ids, keyring);
    tokens = new IamTokens(keyring, entropy);
    exchanges =
        new Exchanges(
            engine,
            witness,
            tokens,
            new IssuerKeys(issuers, IssuerKeys.Life.DEFAULT),
            new Failures(0, () -> 0));
    logins =
        new Logins(
            engine,
            witness,
            tokens,
            new Audience(List.of("localhost", "127.0.0.1", "::1")),
            accounts,
            new Failures(0, () -> 0));
  }

  /** Over {@link MemoryEngine}: stages are complete when a verb returns. */
  public static SimWorld of(long seed) {
    return new SimWorld(seed, world -> new MemoryEngine(world.tail));
  }

  /** Over the group commit, which calls of many threads meet in, and whose store can fail. */
  public static SimWorld committing(long seed) {
    return new SimWorld(seed, world -> Engines.inMemory(world.tail, world.failing::get));
  }

  public InstantSource clock() {
    return () -> now;
  }

  public Instant now() {
    return now;
  }

  public void advance(Duration step) {
    now = now.plus(step);
  }

  /** From now on nothing can be made durable; only of {@link #committing}. */
  public void failCommits(boolean fail) {
    failing.set(fail);
  }

  /** Begins the audit chain of another start over the same rows. */
  public void restart() {
    tail.now =
        new SealedTail(engine.read(tx -> Chains.next(tx, keyring, clock(), _ -> {})), keyring);
  }

  public Entropy entropy() {
    return entropy;
  }

  public Keyring keyring() {
    return keyring;
  }

  public Engine engine() {
    return engine;
  }

  /** What the sealed engine stands on: where an attacker writes. */
  public Engine untrusted() {
    return untrusted;
  }

  public Trail witness() {
    return witness;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Versions versions() {
    return versions;
  }

  public Payloads payloads() {
    return payloads;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  /** What secrets with a driver get their values from. */
  public FakeDrivers drivers() {
    return drivers;
  }

  public DockerSecrets dockerSecrets() {
    return dockerSecrets;
  }

  public Operations operations() {
    return operations;
  }

  public Bindings bindings() {
    return bindings;
  }

  public ClientCertificates clientCertificates() {
    return clientCertificates;
  }

  public Hierarchy hierarchy() {
    return hierarchy;
  }

  public Explanations explanations() {
    return explanations;
  }

  public HierarchyChanges hierarchyChanges() {
    return hierarchyChanges;
  }

  public SymmetricKeys keys() {
    return keys;
  }

  public KeyVersions keyVersions() {
    return keyVersions;
  }

  public KeyUses keyUses() {
    return keyUses;
  }

  /** Does all that is due by now, as the server does it; gives how much that was. */
  public int runDue() {
    List<Due> due = engine.read(tx -> Due.until(tx, now, SCAN_MAX));
    due.forEach(each -> await(dueKeys.run(serverCall(), each)));
    return due.size();
  }

  public ServiceAccounts accounts() {
    return accounts;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public AuthorizedKeys authorizedKeys() {
    return authorizedKeys;
  }

  public UserAccounts userAccounts() {
    return userAccounts;
  }

  public Groups groups() {
    return groups;
  }

  public Federations federations() {
    return federations;
  }

  public FederatedCredentials credentials() {
    return credentials;
  }

  /** Where the keys of federations come from. */
  public FakeIssuers issuers() {
    return issuers;
  }

  public Exchanges exchanges() {
    return exchanges;
  }

  public IamTokens tokens() {
    return tokens;
  }

  public Logins logins() {
    return logins;
  }

  public Founding founding() {
    return founding;
  }

  public Folder folder() {
    return founding.folder();
  }

  public Folder dockerFolder() {
    return founding.dockerFolder();
  }

  /** A call of the administrator, through the Lockbox door. */
  public Call admin() {
    ServiceAccount admin = founding.admin();
    return call(new Caller(admin.subject(), admin.name(), Caller.Via.IAM_TOKEN), Call.Door.LOCKBOX);
  }

  /** A call of the administrator, through the Docker door. */
  public Call dockerAdmin() {
    ServiceAccount admin = founding.admin();
    return call(
        new Caller(admin.subject(), admin.name(), Caller.Via.UNIX_SOCKET), Call.Door.DOCKER);
  }

  /** A believed caller whom no role was given, until {@link #bind} does. */
  public Call believed(String accountId) {
    return call(new Caller(account(accountId), "", Caller.Via.IAM_TOKEN), Call.Door.LOCKBOX);
  }

  /** A call of a person with that account. */
  public Call person(String accountId) {
    Subject subject = new Subject(Subject.Type.USER_ACCOUNT, accountId);
    return call(new Caller(subject, "", Caller.Via.IAM_TOKEN), Call.Door.LOCKBOX);
  }

  /** A call whose credential nobody has looked at yet. */
  public Call nobody() {
    return call(Caller.nobody(), Call.Door.LOCKBOX);
  }

  public Call call(Caller caller, Call.Door door) {
    return new Call(caller, door, now, "req-" + calls.incrementAndGet(), "192.0.2.7", "test/1");
  }

  /** A call of the server's own. */
  public Call serverCall() {
    return call(
        new Caller(new Subject(Subject.Type.SYSTEM, "server"), "", Caller.Via.SERVER),
        Call.Door.SERVER);
  }

  public static Subject account(String accountId) {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, accountId);
  }

  /** Gives the account the role on the resource, beside what is bound there. */
  public void bind(String resourceId, Role role, String accountId) {
    bind(resourceId, role, account(accountId));
  }

  public void bind(String resourceId, Role role, Subject subject) {
    await(
        engine.write(tx -> {
          List<AccessBinding> bindings = new ArrayList<>(Access.bindings(tx, resourceId));
          bindings.add(new AccessBinding(role, subject));
          Access.bind(tx, resourceId, bindings);
          return true;
        }));
  }

  /** The rows of changes, opened. */
  public List<Row> changes() {
    return allRows().stream().filter(row -> Keyspace.isChange(row.key())).toList();
  }

  /** Every row of every family but the audit trail and the changes, opened. */
  public List<Row> rows() {
    return allRows().stream().filter(row -> !Keyspace.isChange(row.key())).toList();
  }

  private List<Row> allRows() {
    List<Row> all = new ArrayList<>();
    for (String lead : List.of("bcdefghij", "k", "lmnopqrstuvwxyz")) {
      Bytes from = Bytes.utf8(lead.substring(0, 1));
      Bytes to = Bytes.copyOf((byte) (lead.charAt(lead.length() - 1) + 1));
      all.addAll(engine.read(tx -> List.copyOf(tx.scan(from, to, SCAN_MAX))));
    }
    return all;
  }

  /** The whole trail, oldest first; fails unless it is sound. */
  public List<AuditRecord> records() {
    List<AuditRecord> records = new ArrayList<>();
    Inspection.Finding finding = inspect(records);
    if (!(finding instanceof Inspection.Finding.Sound)) {
      throw new AssertionError("trail is not sound: " + finding);
    }
    return records;
  }

  public Inspection.Finding inspect() {
    return inspect(new ArrayList<>());
  }

  private Inspection.Finding inspect(List<AuditRecord> records) {
    return engine.read(tx -> Inspection.walk(tx, keyring, records::add));
  }

  /** What the stage completes with; what it fails with is thrown as it is. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException trouble) {
        throw trouble;
      }
      if (cause instanceof Error bug) {
        throw bug;
      }
      throw e;
    }
  }

  /** The problem the stage fails with; an error if it succeeds, or fails with anything else. */
  public static Problem problem(CompletionStage<?> stage) {
    try {
      Object answer = await(stage);
      throw new AssertionError("no problem, but " + answer);
    } catch (CofferException e) {
      return e.problem();
    }
  }

  @Override
  public void close() {
    engine.verify();
    engine.close();
  }

  private static final class MovableTail implements BatchTail {
    private volatile BatchTail now = BatchTail.NONE;

    @Override
    public List<Put> close(List<Bytes> notes) {
      return now.close(notes);
    }

    @Override
    public void settle(boolean committed) {
      now.settle(committed);
    }
  }
}
