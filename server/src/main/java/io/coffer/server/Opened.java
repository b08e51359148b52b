package io.coffer.server;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.server.HttpService;
import io.coffer.Entropy;
import io.coffer.api.access.AccessService;
import io.coffer.api.certificate.ClientCertificateService;
import io.coffer.api.docker.door.Callers;
import io.coffer.api.docker.door.DockerDoor;
import io.coffer.api.docker.door.DockerRoutes;
import io.coffer.api.docker.door.EngineIdentity;
import io.coffer.api.docker.driver.DriverDoor;
import io.coffer.api.docker.driver.SealedDriver;
import io.coffer.api.docker.plugin.Patience;
import io.coffer.api.docker.plugin.Plugins;
import io.coffer.api.endpoint.ApiEndpointService;
import io.coffer.api.iam.ApiKeyService;
import io.coffer.api.iam.IamTokenService;
import io.coffer.api.iam.KeyService;
import io.coffer.api.iam.ServiceAccountService;
import io.coffer.api.iam.UserAccountService;
import io.coffer.api.kms.SymmetricCryptoService;
import io.coffer.api.kms.SymmetricKeyService;
import io.coffer.api.lockbox.LockboxRender;
import io.coffer.api.lockbox.OperationService;
import io.coffer.api.lockbox.PackedTypes;
import io.coffer.api.lockbox.PayloadService;
import io.coffer.api.lockbox.SecretService;
import io.coffer.api.lockbox.SecretWatch;
import io.coffer.api.organizationmanager.GroupService;
import io.coffer.api.resourcemanager.CloudService;
import io.coffer.api.resourcemanager.FolderService;
import io.coffer.api.rpc.Desk;
import io.coffer.api.rpc.Dialog;
import io.coffer.api.rpc.GrpcDoor;
import io.coffer.api.rpc.HealthService;
import io.coffer.api.rpc.IdempotencyKeys;
import io.coffer.api.rpc.Reflection;
import io.coffer.api.rpc.Requests;
import io.coffer.api.rpc.RestDoor;
import io.coffer.api.rpc.Service;
import io.coffer.api.rpc.StopSignal;
import io.coffer.api.workload.FederatedCredentialService;
import io.coffer.api.workload.FederationService;
import io.coffer.api.workload.TokenDoor;
import io.coffer.audit.Trail;
import io.coffer.auth.Audience;
import io.coffer.auth.Bearer;
import io.coffer.auth.Exchanges;
import io.coffer.auth.Failures;
import io.coffer.auth.Gate;
import io.coffer.auth.IamTokens;
import io.coffer.auth.IssuerKeys;
import io.coffer.auth.Logins;
import io.coffer.auth.Rates;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.binding.Bindings;
import io.coffer.core.certificate.ClientCertificates;
import io.coffer.core.change.ChangeWitness;
import io.coffer.core.explain.Explanations;
import io.coffer.core.founding.Founding;
import io.coffer.core.group.Groups;
import io.coffer.core.hierarchy.FirstFolders;
import io.coffer.core.hierarchy.Hierarchy;
import io.coffer.core.hierarchy.HierarchyChanges;
import io.coffer.core.iam.ApiKeys;
import io.coffer.core.iam.AuthorizedKeyIndex;
import io.coffer.core.iam.AuthorizedKeys;
import io.coffer.core.iam.FederatedCredentials;
import io.coffer.core.iam.ServiceAccounts;
import io.coffer.core.iam.UserAccounts;
import io.coffer.core.kms.DueKeys;
import io.coffer.core.kms.KeyUses;
import io.coffer.core.kms.KeyVersions;
import io.coffer.core.kms.KeyedDataKeys;
import io.coffer.core.kms.SymmetricKeys;
import io.coffer.core.operation.Operations;
import io.coffer.core.secret.Deliveries;
import io.coffer.core.secret.Destruction;
import io.coffer.core.secret.DockerSecrets;
import io.coffer.core.secret.NameIndex;
import io.coffer.core.secret.Passwords;
import io.coffer.core.secret.PayloadSealing;
import io.coffer.core.secret.Payloads;
import io.coffer.core.secret.SecretQuota;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.Versions;
import io.coffer.core.workload.Federations;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.TenantKeys;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All there is while a store is open: the verbs, what the doors serve, and what happens by itself.
 * It is closed as a whole, and the store with it; nothing else may hold on to any of it.
 */
final class Opened implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Opened.class);

  private final Store store;
  private final Founding.Known founding;
  private final Path keyFile;
  private final TlsUpkeep upkeep;
  private final Doors doors;
  private final ChangeThread changes;
  private final Plugins plugins;
  private final Jobs jobs;
  private final Sweeper sweeper;
  private final SealWatch sealWatch;
  private final SlowWork keyWork = SlowWork.keys();
  private final SlowWork expansions = SlowWork.expansions();
  private final StoreKeys keys;
  private final Witness witness;
  private final InstantSource clock;

  /**
   * Founds the store if it is new, and begins with what happens by itself.
   *
   * @param store closed with this; whoever calls closes it if this throws
   * @param seal that it is under now
   * @param advertised where discovery sends clients
   * @param stopping ends what would stay for ever
   * @param beginning what is to be on record first
   * @param shown by the TLS listeners, if they were there before
   */
  Opened(
      Settings settings,
      InstantSource clock,
      Entropy entropy,
      Store store,
      Supplier<SealSpec> seal,
      Requests requests,
      Supplier<String> advertised,
      StopSignal stopping,
      List<Event> beginning,
      Optional<Shown> shown) {
    this.store = store;
    this.clock = clock;
    this.keys = new StoreKeys(store, entropy, clock);
    Engine engine = store.engine();
    String storeId = store.header().storeId();
    this.witness = new ChangeWitness(new Trail(engine));
    this.keyFile = Administrator.keyFile(settings, storeId);
    this.founding = Administrator.found(engine, witness, clock, entropy, keyFile);
    if (!Files.exists(keyFile)) {
      log.atWarn().addKeyValue("file", keyFile).log("the administrator's key file is not there");
    }
    NameIndex.complete(engine, store.keyring()).toCompletableFuture().join();
    AuthorizedKeyIndex.complete(engine).toCompletableFuture().join();
    witness(beginning);

    Verbs verbs = new Verbs(engine, witness);
    Ids ids = new Ids(entropy);
    TenantKeys tenantKeys = new TenantKeys(store.sealing(), entropy);
    PayloadSealing sealing =
        new PayloadSealing(
            new DataKeys(store.sealing(), entropy),
            new Passwords(entropy),
            new KeyedDataKeys(witness, tenantKeys));
    this.plugins =
        new Plugins(
            new PluginFiles(settings.plugins()),
            CommonPools.blockingTaskExecutor(),
            System::nanoTime,
            Patience.AS_ENGINES);
    SecretQuota quota = new SecretQuota(engine, settings.lockbox().secrets());
    Secrets secrets = new Secrets(verbs, witness, ids, store.keyring(), sealing, plugins, quota);
    DockerSecrets dockerSecrets =
        new DockerSecrets(verbs, witness, secrets, sealing, founding.dockerFolder().id());
    Bindings bindings = new Bindings(verbs, witness, ids, store.keyring());
    Hierarchy hierarchy = new Hierarchy(verbs, store.keyring());
    FirstFolders first = new FirstFolders(founding.folder(), founding.dockerFolder());
    HierarchyChanges hierarchyChanges = new HierarchyChanges(verbs, witness, ids, first);
    IamTokens tokens = new IamTokens(store.keyring(), entropy);
    ServiceAccounts accounts =
        new ServiceAccounts(verbs, witness, ids, store.keyring(), founding.admin().id());
    AuthorizedKeys authorizedKeys =
        new AuthorizedKeys(verbs, witness, ids, store.keyring(), keyWork);
    Tls tls = Tls.of(engine, storeId, clock, entropy);
    this.upkeep = new TlsUpkeep(settings, tls, clock, shown);
    Failures failures = new Failures(settings.clients().failedLogins(), System::nanoTime);
    Logins logins =
        new Logins(engine, witness, tokens, new Audience(upkeep.names()), accounts, failures);
    IssuerFetch issuers = new IssuerFetch(settings.issuers());
    Exchanges exchanges =
        new Exchanges(
            engine, witness, tokens, new IssuerKeys(issuers, IssuerKeys.Life.DEFAULT), failures);
    ClientCertificates certificates =
        new ClientCertificates(verbs, witness, tls.authority(), founding.folder().cloudId());
    OperationService operations = new OperationService(new Operations(verbs));
    List<Service> published =
        List.of(
            new SecretService(
                secrets, new Versions(verbs, witness, ids, secrets, sealing), bindings),
            new PayloadService(new Payloads(verbs, witness, secrets, sealing, plugins)),
            operations,
            new CloudService(hierarchy, hierarchyChanges, bindings, LockboxRender::operation),
            new FolderService(hierarchy, hierarchyChanges, bindings, LockboxRender::operation),
            new SymmetricKeyService(
                new SymmetricKeys(verbs, witness, ids, store.keyring(), tenantKeys),
                new KeyVersions(verbs, witness, ids, store.keyring()),
                bindings,
                LockboxRender::operation),
            new SymmetricCryptoService(new KeyUses(verbs, witness, tenantKeys)),
            new IamTokenService(logins),
            new ServiceAccountService(accounts, bindings, LockboxRender::operation),
            new ApiKeyService(
                new ApiKeys(verbs, witness, ids, store.keyring(), entropy),
                LockboxRender::operation),
            new KeyService(authorizedKeys, LockboxRender::operation),
            new UserAccountService(
                new UserAccounts(verbs, witness, ids, store.keyring(), authorizedKeys),
                AuthorizedKeyFile::render),
            new GroupService(
                new Groups(verbs, witness, ids, store.keyring()),
                bindings,
                LockboxRender::operation),
            new FederationService(
                new Federations(verbs, witness, ids, store.keyring(), issuers),
                bindings,
                LockboxRender::operation),
            new FederatedCredentialService(
                new FederatedCredentials(verbs, witness, ids, store.keyring()),
                LockboxRender::operation),
            new AccessService(
                new Explanations(verbs, founding.folder().cloudId(), founding.dockerFolder().id())),
            new ClientCertificateService(certificates, tls.authority().certificatePem()),
            new ApiEndpointService(advertised));
    HealthService health = new HealthService(published);
    List<Service> services = new ArrayList<>(published);
    services.add(health);
    List<Dialog<?, ?>> dialogs = new ArrayList<>(Reflection.of(() -> GrpcDoor.described(services)));
    dialogs.add(health.watch());
    Gate gate =
        new Gate(
            new Bearer(engine, tokens, witness),
            failures,
            new Rates(settings.clients().requests(), System::nanoTime));
    IdempotencyKeys keys =
        new IdempotencyKeys(store.keyring()::index, settings.lockbox().idempotencyKept());
    Desk desk = new Desk(gate, keys, operations::get, clock);
    Caller socketUser =
        new Caller(founding.admin().subject(), founding.admin().name(), Caller.Via.UNIX_SOCKET);
    HttpService driver =
        settings
            .driverListen()
            .<HttpService>map(_ ->
                new DriverDoor(
                    requests,
                    SwarmDriver.account(settings, engine, witness, clock, ids, founding),
                    new Deliveries(
                        verbs,
                        witness,
                        secrets,
                        sealing,
                        plugins,
                        founding.dockerFolder().id(),
                        expansions)))
            .orElseGet(SealedDriver::new); // No listener leads there.
    this.changes = new ChangeThread(engine, clock);
    DockerRoutes dockerRoutes =
        new DockerRoutes(
            clock,
            EngineIdentity.of(storeId, founding.dockerFolder().createdAt(), tls.authority()),
            secrets,
            dockerSecrets,
            changes.feed());
    Function<Callers, HttpService> docker =
        callers -> new DockerDoor(requests, callers, dockerRoutes);
    this.doors =
        new Doors(
            new GrpcDoor(
                desk,
                services,
                dialogs,
                new TokenDoor(
                    exchanges,
                    new RestDoor(
                        desk,
                        services,
                        List.of(new SecretWatch(secrets, changes.feed()).stream()),
                        PackedTypes.all())),
                stopping),
            docker.apply(new Callers.Same(socketUser)),
            docker.apply(new Callers.Shown(gate)),
            driver);
    DueJobs due =
        new DueJobs(engine, clock, List.of(new DueKeys(engine, witness, ids, tenantKeys)));
    this.jobs = Jobs.start(new Destruction(engine, witness), due, clock);
    this.sweeper = Sweeper.start(engine, clock, settings.lockbox(), quota);
    this.sealWatch = SealWatch.start(seal, store::header, entropy);
    upkeep.start();
  }

  private void witness(List<Event> events) {
    Call call = Administrator.serverCall(clock);
    store
        .engine()
        .write(tx -> {
          events.forEach(event -> witness.saw(tx, call, event));
          return true;
        })
        .toCompletableFuture()
        .join();
  }

  Doors doors() {
    return doors;
  }

  TlsUpkeep upkeep() {
    return upkeep;
  }

  /** What clients need besides where the listeners are, by the names of {@link ConnectFile}. */
  Map<String, String> found() {
    return Map.of(
        ConnectFile.CA_CERTIFICATE, upkeep.publish().toString(),
        ConnectFile.FOLDER_ID, founding.folder().id(),
        ConnectFile.DOCKER_FOLDER_ID, founding.dockerFolder().id(),
        ConnectFile.KEY_FILE, keyFile.toString());
  }

  StoreKeys keys() {
    return keys;
  }

  /**
   * The last thing on record, before it is closed to be sealed. It is sealed all the same if that
   * cannot be written.
   */
  void witnessSeal() {
    try {
      witness(
          List.of(
              Event.of(
                  Action.SEAL,
                  Event.word("seal_kind", store.header().sealKind()),
                  Event.word("seal_fingerprint", store.header().sealFingerprint()))));
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("cause", e.getClass().getName())
          .log("sealing, and it cannot be put on record");
    }
  }

  /** Ends the answers that only end when this does: they would be in flight for ever. */
  void endStreams() {
    changes.endStreams();
  }

  /** Nobody may be in a door any more. */
  @Override
  public void close() {
    try {
      closeAllButTheStore();
    } finally {
      store.close();
    }
  }

  private void closeAllButTheStore() {
    try {
      upkeep.close();
      jobs.close();
      plugins.close();
      changes.close();
    } finally {
      keyWork.close();
      expansions.close();
      sealWatch.close();
      sweeper.close();
    }
  }
}
