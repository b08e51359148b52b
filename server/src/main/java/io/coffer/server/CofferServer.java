package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.api.rpc.Requests;
import io.coffer.crypto.CipherWarmUp;
import io.coffer.crypto.seal.Custodian;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Coffer: what is opened with its store, and the listeners that serve it. */
public final class CofferServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CofferServer.class);

  private final Opened opened;
  private final Listening listening;
  private final Drain drain;
  private final Map<String, String> connections;

  private CofferServer(
      Opened opened, Listening listening, Drain drain, Map<String, String> connections) {
    this.opened = opened;
    this.listening = listening;
    this.drain = drain;
    this.connections = connections;
  }

  /**
   * Opens the store and serves; returns when both doors are open.
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
    Entropy entropy = new SystemEntropy();
    CompletableFuture<Void> warm = CompletableFuture.runAsync(CipherWarmUp::run);
    AtomicReference<String> advertised = new AtomicReference<>(settings.listen().toString());
    Requests requests = new Requests(clock, entropy);
    Drain drain = new Drain();
    Store store = Store.open(settings, custodian, entropy, clock, rollback);
    Opened opened;
    try {
      opened =
          new Opened(settings, clock, entropy, store, requests, advertised::get, drain.signal());
    } catch (RuntimeException | AssertionError e) {
      store.close();
      throw e;
    }
    try {
      Listening listening =
          new Listening(settings, opened.doors(), opened.upkeep(), requests, drain);
      try {
        listening.open();
        advertised.set(listening.advertised().toString());
        Map<String, String> connections = listening.found();
        connections.putAll(opened.found());
        ConnectFile.write(settings.dataDir(), connections);
        warm.join();
        log.atInfo().addKeyValue("url", connections.get(ConnectFile.URL)).log("serving");
        return new CofferServer(opened, listening, drain, connections);
      } catch (RuntimeException | AssertionError e) {
        listening.close();
        throw e;
      }
    } catch (RuntimeException | AssertionError e) {
      opened.close();
      throw e;
    }
  }

  /** How to connect, by the names of {@link ConnectFile}. */
  public Map<String, String> connections() {
    return connections;
  }

  /** Lets calls in flight finish, then closes the store. */
  @Override
  public void close() {
    log.atInfo().log("stopping");
    opened.endStreams();
    try {
      drain.stop(Listeners.DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
    try {
      listening.close();
    } finally {
      opened.close();
    }
    log.atInfo().log("stopped");
  }
}
