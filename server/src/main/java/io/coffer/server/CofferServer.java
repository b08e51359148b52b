package io.coffer.server;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import io.coffer.Entropy;
import io.coffer.api.certificate.ClientCertificateService;
import io.coffer.api.docker.door.Callers;
import io.coffer.api.docker.door.DockerDoor;
import io.coffer.api.docker.door.DockerRoutes;
import io.coffer.api.docker.door.EngineIdentity;
import io.coffer.api.docker.driver.DriverDoor;
import io.coffer.api.docker.plugin.Patience;
import io.coffer.api.docker.plugin.Plugins;
import io.coffer.api.endpoint.ApiEndpointService;
import io.coffer.api.iam.ApiKeyService;
import io.coffer.api.iam.IamTokenService;
import io.coffer.api.iam.KeyService;
import io.coffer.api.iam.ServiceAccountService;
import io.coffer.api.kms.SymmetricCryptoService;
import io.coffer.api.kms.SymmetricKeyService;
import io.coffer.api.lockbox.LockboxRender;
import io.coffer.api.lockbox.OperationService;
import io.coffer.api.lockbox.PackedTypes;
import io.coffer.api.lockbox.PayloadService;
import io.coffer.api.lockbox.SecretService;
import io.coffer.api.lockbox.SecretWatch;
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
import io.coffer.audit.Trail;
import io.coffer.auth.Audience;
import io.coffer.auth.Bearer;
import io.coffer.auth.IamTokens;
import io.coffer.auth.Logins;
import io.coffer.core.Action;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.binding.Bindings;
import io.coffer.core.certificate.ClientCertificates;
import io.coffer.core.change.ChangeWitness;
import io.coffer.core.founding.Founding;
import io.coffer.core.hierarchy.Hierarchy;
import io.coffer.core.iam.ApiKeys;
import io.coffer.core.iam.AuthorizedKeyIndex;
import io.coffer.core.iam.AuthorizedKeys;
import io.coffer.core.iam.ServiceAccounts;
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
import io.coffer.crypto.CipherWarmUp;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.TenantKeys;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Coffer: a store, and the doors that open onto it. */
public final class CofferServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CofferServer.class);

  private final SocketFile socket;
  private final Store store;
  private final List<Server> doors;
  private final Optional<SwarmDriver> driver;
  private final Drain drain;
  private final Jobs jobs;
  private final Plugins plugins;
  private final ChangeThread changes;
  private final Sweeper sweeper;
  private final SealWatch sealWatch;
  private final Map<String, String> connections;

  private CofferServer(
      SocketFile socket,
      Store store,
      List<Server> doors,
      Optional<SwarmDriver> driver,
      Drain drain,
      Jobs jobs,
      Plugins plugins,
      ChangeThread changes,
      Sweeper sweeper,
      SealWatch sealWatch,
      Map<String, String> connections) {
    this.socket = socket;
    this.store = store;
    this.doors = List.copyOf(doors);
    this.driver = driver;
    this.drain = drain;
    this.jobs = jobs;
    this.plugins = plugins;
    this.changes = changes;
    this.sweeper = sweeper;
    this.sealWatch = sealWatch;
    this.connections = connections;
  }

  /**
   * Opens the store and serves; returns when both doors are open.
   *
   * @throws RuntimeException if anything keeps it from serving; nothing is left open then
   */
  public static CofferServer start(Settings settings, InstantSource clock) {
    return start(settings, clock, Custodian.NOBODY);
  }

  /** As above; {@code custodian} is asked for what the seal keeps in no file. */
  public static CofferServer start(Settings settings, InstantSource clock, Custodian custodian) {
    Entropy entropy = new SystemEntropy();
    CompletableFuture<Void> warm = CompletableFuture.runAsync(CipherWarmUp::run);
    Store store = Store.open(settings, custodian, entropy, clock);
    try {
      CofferServer server = serve(settings, clock, entropy, store);
      warm.join();
      return server;
    } catch (RuntimeException | AssertionError e) {
      store.close();
      throw e;
    }
  }

  private static CofferServer serve(
      Settings settings, InstantSource clock, Entropy entropy, Store store) {
    Engine engine = store.engine();
    String storeId = store.header().storeId();
    Witness witness = new ChangeWitness(new Trail(engine));
    Path keyFile = Administrator.keyFile(settings, storeId);
    Founding.Known founding = Administrator.found(engine, witness, clock, entropy, keyFile);
    if (!Files.exists(keyFile)) {
      log.atWarn().addKeyValue("file", keyFile).log("the administrator's key file is not there");
    }
    NameIndex.complete(engine, store.keyring()).toCompletableFuture().join();
    AuthorizedKeyIndex.complete(engine).toCompletableFuture().join();
    witnessStart(engine, witness, clock);

    Verbs verbs = new Verbs(engine, witness);
    Ids ids = new Ids(entropy);
    TenantKeys tenantKeys = new TenantKeys(store.sealing(), entropy);
    PayloadSealing sealing =
        new PayloadSealing(
            new DataKeys(store.sealing(), entropy),
            new Passwords(entropy),
            new KeyedDataKeys(witness, tenantKeys));
    Plugins plugins =
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
    IamTokens tokens = new IamTokens(store.keyring(), entropy);
    ServiceAccounts accounts =
        new ServiceAccounts(verbs, witness, ids, store.keyring(), founding.admin().id());
    Logins logins =
        new Logins(engine, witness, tokens, new Audience(Tls.names(settings)), accounts);
    AtomicReference<String> advertised = new AtomicReference<>(settings.listen().toString());
    Tls tls = Tls.of(engine, storeId, clock, entropy);
    ClientCertificates certificates =
        new ClientCertificates(verbs, witness, tls.authority(), founding.folder().cloudId());
    OperationService operations = new OperationService(new Operations(verbs));
    List<Service> published =
        List.of(
            new SecretService(
                secrets, new Versions(verbs, witness, ids, secrets, sealing), bindings),
            new PayloadService(new Payloads(verbs, witness, secrets, sealing, plugins)),
            operations,
            new CloudService(hierarchy, bindings),
            new FolderService(hierarchy, bindings),
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
            new KeyService(
                new AuthorizedKeys(verbs, witness, ids, store.keyring(), SlowWork.keys()),
                LockboxRender::operation),
            new ClientCertificateService(certificates, tls.authority().certificatePem()),
            new ApiEndpointService(advertised::get));
    HealthService health = new HealthService(published);
    List<Service> services = new ArrayList<>(published);
    services.add(health);
    List<Dialog<?, ?>> dialogs = new ArrayList<>(Reflection.of(() -> GrpcDoor.described(services)));
    dialogs.add(health.watch());
    DueJobs due =
        new DueJobs(engine, clock, List.of(new DueKeys(engine, witness, ids, tenantKeys)));
    Requests requests = new Requests(clock, entropy);
    Bearer bearer = new Bearer(engine, tokens, witness);
    IdempotencyKeys keys =
        new IdempotencyKeys(store.keyring()::index, settings.lockbox().idempotencyKept());
    Desk desk = new Desk(bearer, keys, operations::get, clock);
    Drain drain = new Drain();
    Caller socketUser =
        new Caller(founding.admin().subject(), founding.admin().name(), Caller.Via.UNIX_SOCKET);
    ChangeThread changes = new ChangeThread(engine, clock);
    DockerRoutes dockerRoutes =
        new DockerRoutes(
            clock,
            EngineIdentity.of(storeId, founding.dockerFolder().createdAt(), tls.authority()),
            secrets,
            dockerSecrets,
            changes.feed());
    Function<Callers, DockerDoor> dockerDoor =
        callers -> new DockerDoor(requests, callers, dockerRoutes);
    SocketFile socket =
        new SocketFile(
            settings.dockerSocket(), Setting.DOCKER_SOCKET, settings.dockerSocketAccess());
    Server docker =
        Listeners.docker(socket.bindsAt(), dockerDoor.apply(new Callers.Same(socketUser)), drain);
    Optional<Server> dockerPlaintext =
        settings
            .dockerPlaintextListen()
            .map(address ->
                Listeners.docker(address, dockerDoor.apply(new Callers.ByToken(bearer)), drain));
    Optional<SwarmDriver> driver =
        settings
            .driverListen()
            .map(listen ->
                new SwarmDriver(
                    listen,
                    new DriverDoor(
                        requests,
                        SwarmDriver.account(
                            settings, engine, witness, clock, new Ids(entropy), founding),
                        new Deliveries(
                            verbs,
                            witness,
                            secrets,
                            sealing,
                            plugins,
                            founding.dockerFolder().id(),
                            SlowWork.expansions())),
                    drain));
    Server api;
    Optional<Server> dockerTls;
    try (ServerCertificate certificate = tls.certificate(settings)) {
      api =
          Listeners.api(
              settings,
              certificate,
              desk,
              services,
              dialogs,
              new RestDoor(
                  desk,
                  services,
                  List.of(new SecretWatch(secrets, changes.feed()).stream()),
                  PackedTypes.all()),
              requests,
              drain);
      dockerTls =
          settings
              .dockerListen()
              .map(address ->
                  Listeners.docker(
                      address,
                      certificate,
                      settings.dockerClientCa().orElseGet(tls::clientAuthorities),
                      dockerDoor.apply(new Callers.ByCertificate(bearer)),
                      drain));
    }
    List<Server> doors = new ArrayList<>(List.of(api, docker));
    dockerTls.ifPresent(doors::add);
    dockerPlaintext.ifPresent(doors::add);
    driver.ifPresent(swarm -> doors.add(swarm.server()));
    try {
      listen(api, "--listen or --plaintext-listen");
      dockerTls.ifPresent(server -> listen(server, "--docker-listen"));
      dockerPlaintext.ifPresent(server -> listen(server, "--docker-plaintext-listen"));
      open(docker, socket);
      driver.ifPresent(SwarmDriver::open);
      Map<String, String> connections = Connections.of(settings, founding, api, tls, keyFile);
      dockerTls.ifPresent(server ->
          connections.put(
              ConnectFile.DOCKER_TLS_HOST,
              "tcp://"
                  + Connections.bound(settings.dockerListen().orElseThrow(), server).fromHere()));
      dockerPlaintext.ifPresent(server ->
          connections.put(
              ConnectFile.DOCKER_PLAINTEXT_HOST,
              "tcp://"
                  + settings
                      .dockerPlaintextListen()
                      .orElseThrow()
                      .withPort(Connections.port(server, SessionProtocol.HTTP))));
      driver.ifPresent(swarm -> connections.put(ConnectFile.DOCKER_DRIVER, swarm.spec()));
      advertised.set(Connections.advertised(settings, api).toString());
      ConnectFile.write(settings.dataDir(), connections);
      log.atInfo().addKeyValue("url", connections.get(ConnectFile.URL)).log("serving");
      Jobs jobs = Jobs.start(new Destruction(engine, witness), due, clock);
      return new CofferServer(
          socket,
          store,
          doors,
          driver,
          drain,
          jobs,
          plugins,
          changes,
          Sweeper.start(engine, clock, settings.lockbox(), quota),
          SealWatch.start(settings.seal(), store::header, entropy),
          connections);
    } catch (RuntimeException | AssertionError e) {
      stop(doors);
      changes.close();
      socket.remove();
      driver.ifPresent(SwarmDriver::remove);
      throw e;
    }
  }

  /** Throws {@link Mistakes} that name {@code option} if its address cannot be listened on. */
  static void listen(Server server, String option) {
    try {
      server.start().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw new Mistakes(
            List.of(option + ": its address cannot be listened on: " + refused.getMessage()));
      }
      throw e;
    }
  }

  static void open(Server docker, SocketFile socket) {
    socket.makeWay();
    docker.start().join();
    socket.publish();
  }

  private static void stop(List<Server> doors) {
    CompletableFuture.allOf(doors.stream().map(Server::stop).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static void witnessStart(Engine engine, Witness witness, InstantSource clock) {
    engine
        .write(tx -> {
          witness.saw(tx, Administrator.serverCall(clock), Event.of(Action.START));
          return true;
        })
        .toCompletableFuture()
        .join();
  }

  /** How to connect, by the names of {@link ConnectFile}. */
  public Map<String, String> connections() {
    return connections;
  }

  /** Lets calls in flight finish, then closes the store. */
  @Override
  public void close() {
    log.atInfo().log("stopping");
    changes.endStreams(); // They would be in flight for ever.
    try {
      drain.stop(Listeners.DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
    try {
      stop(doors);
      jobs.close();
      plugins.close();
      changes.close();
      socket.remove();
      driver.ifPresent(SwarmDriver::remove);
    } finally {
      sealWatch.close();
      sweeper.close();
      store.close();
    }
    log.atInfo().log("stopped");
  }
}
