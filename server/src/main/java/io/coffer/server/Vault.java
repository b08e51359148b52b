package io.coffer.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Entropy;
import io.coffer.api.rpc.Requests;
import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.ServerIdentity;
import io.coffer.engine.rocksdb.DirectoryLock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a process, open or sealed, and which of the two the doors show. The data directory
 * is this process's either way. Sealed, nothing of what was opened is referred to any more.
 */
final class Vault implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Vault.class);

  private final Settings settings;
  private final InstantSource clock;
  private final Entropy entropy;
  private final Requests requests;
  private final Supplier<String> advertised;
  private final DirectoryLock lock;
  private final Entrance entrance;

  @GuardedBy("this")
  private Optional<Opened> opened = Optional.empty();

  @GuardedBy("this")
  private Rollback rollback;

  @GuardedBy("this")
  private boolean started;

  @GuardedBy("this")
  private boolean waited;

  /** What the store is under: it may change while the process runs. */
  private volatile SealSpec seal;

  private volatile boolean open;
  private volatile Optional<Shown> shown = Optional.empty();

  /**
   * Sealed, for now; takes the data directory.
   *
   * @param advertised where discovery sends clients
   * @param rollback what to do if the store, when it is first opened, is an older copy of itself
   */
  Vault(
      Settings settings,
      InstantSource clock,
      Entropy entropy,
      Requests requests,
      Supplier<String> advertised,
      Rollback rollback) {
    this.settings = settings;
    this.rollback = rollback;
    this.clock = clock;
    this.entropy = entropy;
    this.requests = requests;
    this.advertised = advertised;
    this.seal = settings.seal();
    Drain drain = new Drain();
    this.entrance = new Entrance(Doors.sealed(drain.signal()), drain);
    this.lock = Store.lock(settings.dataDir());
  }

  Entrance entrance() {
    return entrance;
  }

  /** What TLS listeners show; there is such a thing once this was opened, or awaits that. */
  Shown shown() {
    return shown.orElseThrow(() -> new AssertionError("neither open nor waiting"));
  }

  SealSpec seal() {
    return seal;
  }

  boolean isOpen() {
    return open;
  }

  /** The header of the store that is there. */
  StoreHeader header() {
    return Store.header(settings.dataDir().resolve(Store.FOLDER))
        .orElseThrow(() -> new SealException("there is no store in " + settings.dataDir()));
  }

  /**
   * Opens the store, and leads to the doors onto it, unless it is open.
   *
   * @param custodian is asked for what the seal keeps in no file
   * @param refused how many tries before this one were, for the record
   * @return what was opened, unless it was before
   */
  synchronized Optional<Opened> open(Custodian custodian, int refused) {
    if (open) {
      return Optional.empty();
    }
    Drain drain = new Drain();
    List<Event> beginning = beginning(refused);
    Rollback accepted = rollback;
    Opened fresh = apart(() -> opened(custodian, accepted, drain, beginning));
    rollback = Rollback.REFUSE; // It is for one start.
    opened = Optional.of(fresh);
    started = true;
    open = true;
    end(entrance.lead(fresh.doors(), drain));
    return Optional.of(fresh);
  }

  private synchronized List<Event> beginning(int refused) {
    List<Event> events = new ArrayList<>();
    if (!started) {
      events.add(Event.of(Action.START));
    }
    if (waited) {
      events.add(
          Event.of(
              Action.UNSEAL,
              Event.word("seal_kind", seal.kind()),
              Event.word("refused", Integer.toString(refused))));
    }
    return events;
  }

  private Opened opened(
      Custodian custodian, Rollback accepted, Drain drain, List<Event> beginning) {
    Store store = Store.open(lock, settings, seal, custodian, entropy, clock, accepted);
    try {
      Opened fresh =
          new Opened(
              settings,
              clock,
              entropy,
              store,
              this::seal,
              requests,
              advertised,
              drain.signal(),
              beginning,
              shown);
      shown = Optional.of(fresh.upkeep().shown());
      keep(fresh, store.header());
      return fresh;
    } catch (RuntimeException | AssertionError e) {
      store.close();
      throw e;
    }
  }

  private void keep(Opened opened, StoreHeader header) {
    if (seal.asks() && settings.tls().files().isEmpty()) {
      KeptCertificate.keep(settings.keyFolder(seal), header.storeId(), opened.upkeep().served());
    } else {
      KeptCertificate.drop(settings.keyFolder(seal), header.storeId());
    }
  }

  /** Stays sealed, and shows what clients saw last if that was kept. */
  synchronized void await() {
    waited = true;
    lock.announce();
    String storeId = header().storeId();
    ServerIdentity own =
        KeptCertificate.read(settings.keyFolder(seal), storeId, clock.instant())
            .orElseGet(() -> ephemeral(storeId));
    ServerIdentity first =
        settings.tls().files().map(files -> files.read(clock.instant())).orElse(own);
    // Never of whoever made the files: a connection that begins now may last until it is open.
    shown = Optional.of(Shown.of(settings, first, ClientAuthorities.of(own.trustPem())));
  }

  private ServerIdentity ephemeral(String storeId) {
    try (ServerCertificate issued =
        CertificateAuthority.fresh(storeId, clock, entropy)
            .issue(new ArrayList<>(Tls.names(settings)))) {
      return ServerIdentity.of(issued);
    }
  }

  /**
   * Lets calls in flight finish, closes the store and forgets its keys; returns whether it was
   * open.
   */
  synchronized boolean closeStore() {
    if (!open) {
      return false;
    }
    Drain drain = new Drain();
    Drain before = entrance.lead(Doors.sealed(drain.signal()), drain);
    open = false;
    waited = true;
    opened.ifPresent(Opened::endStreams);
    end(before);
    forget();
    Residue.clear();
    log.atInfo().log("sealed");
    return true;
  }

  private synchronized void forget() {
    Opened closing = opened.orElseThrow();
    opened = Optional.empty();
    apart(() -> {
      closing.witnessSeal();
      closing.close();
      return true;
    });
  }

  private static void end(Drain drain) {
    try {
      drain.stop(Listeners.DRAIN_MAX);
      int late = drain.cutOff();
      if (late > 0) {
        log.atWarn().addKeyValue("calls", late).log("calls that did not end were cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever does this is in a hurry.
    }
  }

  /** Adds a term to the keyring; returns its number. */
  synchronized int rotate() {
    StoreKeys keys = keys();
    return apart(keys::rotate);
  }

  /** Has the store need another seal, also the next time it is opened here. */
  synchronized StoreHeader rekey(SealSpec next, Custodian custodian) {
    StoreKeys keys = keys();
    StoreHeader header = apart(() -> keys.rekey(next, custodian));
    KeptCertificate.drop(settings.keyFolder(seal), header.storeId());
    seal = next;
    opened.ifPresent(now -> keep(now, header));
    return header;
  }

  private synchronized StoreKeys keys() {
    return opened
        .map(Opened::keys)
        .orElseThrow(
            () -> new SealException("the store is sealed; open it first: coffer operator unseal"));
  }

  /** On a thread of its own, which takes away what libraries keep of keys by thread. */
  private static <T> T apart(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(
              work, task -> Thread.ofPlatform().name("vault").start(task))
          .join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException expected -> throw expected;
        case AssertionError bug -> throw bug;
        case null, default -> throw e;
      }
    }
  }

  /** Lets nobody in any more, and those who are finish. */
  synchronized void stop() {
    opened.ifPresent(Opened::endStreams);
    try {
      entrance.drain().stop(Listeners.DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }

  /** Nobody may be in a door any more. */
  @Override
  public synchronized void close() {
    open = false;
    try {
      opened.ifPresent(Opened::close);
      opened = Optional.empty();
    } finally {
      lock.close();
    }
  }
}
