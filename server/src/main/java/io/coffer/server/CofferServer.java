package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.api.operator.OperatorDoor;
import io.coffer.api.rpc.Requests;
import io.coffer.crypto.CipherWarmUp;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.UnansweredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Coffer: its store, open or sealed, and the listeners that serve it. */
public final class CofferServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CofferServer.class);

  /** One for each piece of an operator's work, which takes away what it left of keys. */
  private static final Executor OPERATORS =
      work -> Thread.ofPlatform().name("operator").daemon().start(work);

  private final Settings settings;
  private final Vault vault;
  private final OperatorDesk desk;
  private final Listening listening;
  private final AtomicReference<String> advertised;
  private final CompletableFuture<Map<String, String>> served = new CompletableFuture<>();
  private volatile Map<String, String> connections = Map.of();

  private CofferServer(
      Settings settings,
      Entropy entropy,
      Requests requests,
      Vault vault,
      AtomicReference<String> advertised) {
    this.settings = settings;
    this.vault = vault;
    this.advertised = advertised;
    this.desk = new OperatorDesk(vault, settings.dataDir(), entropy, OPERATORS, this::opened);
    this.listening = new Listening(settings, vault, requests, new OperatorDoor(desk, OPERATORS));
  }

  /**
   * Opens the store and serves; returns when both doors are open. Where the seal asks and nobody
   * answers, it waits sealed for an operator: see {@link #served}.
   *
   * @throws RuntimeException if anything keeps it from serving; nothing is left open then
   */
  public static CofferServer start(Settings settings, InstantSource clock) {
    return start(settings, clock, Custodian.NOBODY, Rollback.REFUSE);
  }

  /**
   * As above.
   *
   * @param custodian is asked for what the seal keeps in no file
   * @param rollback what to do if the store is an older copy of itself
   */
  public static CofferServer start(
      Settings settings, InstantSource clock, Custodian custodian, Rollback rollback) {
    CompletableFuture<Void> warm = CompletableFuture.runAsync(CipherWarmUp::run);
    Entropy entropy = new SystemEntropy();
    Requests requests = new Requests(clock, entropy);
    AtomicReference<String> advertised = new AtomicReference<>(settings.listen().toString());
    Vault vault = new Vault(settings, clock, entropy, requests, advertised::get, rollback);
    try {
      Optional<Opened> opened = openUnlessUnanswered(vault, custodian);
      CofferServer server = new CofferServer(settings, entropy, requests, vault, advertised);
      server.listen(opened);
      warm.join();
      return server;
    } catch (RuntimeException | AssertionError e) {
      vault.close();
      throw e;
    }
  }

  private static Optional<Opened> openUnlessUnanswered(Vault vault, Custodian custodian) {
    try {
      return vault.open(custodian, 0);
    } catch (UnansweredException e) {
      vault.await();
      return Optional.empty();
    }
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Absent is sealed.
  private void listen(Optional<Opened> opened) {
    try {
      listening.open();
      advertised.set(listening.advertised().toString());
      opened.ifPresentOrElse(this::opened, this::sealed);
    } catch (RuntimeException | AssertionError e) {
      listening.close();
      throw e;
    }
  }

  private void opened(Opened opened) {
    Map<String, String> found = listening.found();
    found.putAll(opened.found());
    publish(found);
    log.atInfo().addKeyValue("url", found.get(ConnectFile.URL)).log("serving");
    served.complete(found);
  }

  /** What an earlier start told besides where it listened, holds for this one. */
  private void sealed() {
    try {
      Map<String, String> found =
          new LinkedHashMap<>(ConnectFile.read(settings.dataDir()).orElse(Map.of()));
      found.putAll(listening.found());
      publish(found);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read how an earlier start was reached", e);
    }
    log.atWarn().log("sealed, and waiting for: coffer operator unseal");
  }

  private void publish(Map<String, String> found) {
    connections = Map.copyOf(found);
    ConnectFile.write(settings.dataDir(), found);
  }

  /** How to connect, by the names of {@link ConnectFile}. */
  public Map<String, String> connections() {
    return connections;
  }

  /** Complete, with {@link #connections}, when the store was open for the first time. */
  public CompletableFuture<Map<String, String>> served() {
    return served.copy();
  }

  /** Lets calls in flight finish, then closes the store. */
  @Override
  public void close() {
    log.atInfo().log("stopping");
    desk.close();
    vault.stop();
    try {
      listening.close();
    } finally {
      vault.close();
    }
    log.atInfo().log("stopped");
  }
}
