package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.audit.Trail;
import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.EngineException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator does to the seal and the keyring of a data directory that no server has open.
 */
public final class Operator {
  private final Settings settings;
  private final Custodian custodian;
  private final InstantSource clock;
  private final Entropy entropy = new SystemEntropy();

  public Operator(Settings settings, Custodian custodian, InstantSource clock) {
    this.settings = settings;
    this.custodian = custodian;
    this.clock = clock;
  }

  /**
   * Makes the store, under the seal that is set. Cloud, folders and administrator come with the
   * first start of a server.
   *
   * @throws SealException if there is a store
   */
  public StoreHeader init() {
    try (Store store = Store.make(settings, custodian, entropy, clock)) {
      StoreHeader header = store.header();
      Trail trail = new Trail(store.engine());
      store
          .engine()
          .<Boolean>write(tx -> {
            trail.saw(
                tx,
                Administrator.serverCall(clock),
                Event.of(
                    Action.MAKE_STORE,
                    Event.word("seal_kind", header.sealKind()),
                    Event.word("seal_fingerprint", header.sealFingerprint())));
            return true;
          })
          .toCompletableFuture()
          .join();
      return header;
    }
  }

  /**
   * Has the store need {@code next} instead of the seal that is set. Its key is durable, or handed
   * out, before the store is written to, and has opened what will be written.
   *
   * @throws SealException if the store needs that one already
   */
  public StoreHeader rekey(SealSpec next) {
    try (Store store = open()) {
      return keys(store).rekey(next, custodian);
    }
  }

  /** Adds a term to the keyring, which seals from the next start on; returns its number. */
  public int rotate() {
    try (Store store = open()) {
      return keys(store).rotate();
    }
  }

  private StoreKeys keys(Store store) {
    return new StoreKeys(store, entropy, clock);
  }

  /**
   * Makes the administrator a new key, in the place of all he has; returns where its file is.
   *
   * @throws EngineException.Unavailable if no server has started on the store yet
   */
  public Path recoverAdministrator() {
    try (Store store = open()) {
      Path keyFile = Administrator.keyFile(settings, store.header().storeId());
      Administrator.recover(store.engine(), new Trail(store.engine()), clock, entropy, keyFile);
      return keyFile;
    }
  }

  /** The store must be there: what is to be changed is not made on the way. */
  private Store open() {
    header();
    return Store.open(settings, custodian, entropy, clock, Rollback.REFUSE);
  }

  private StoreHeader header() {
    return Store.header(settings.dataDir().resolve(Store.FOLDER))
        .orElseThrow(
            () -> new EngineException.Unavailable("there is no store in " + settings.dataDir()));
  }

  /**
   * What the header says, line by line, and whether the seal that is set opens it; also of a store
   * that a server has open.
   *
   * @param ask whether to open it even if somebody has to be asked for that
   */
  public Status status(boolean ask) {
    StoreHeader header = header();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "store        " + header.storeId(),
                "seal         " + header.sealKind(),
                "fingerprint  " + header.sealFingerprint()));
    header.sealParametersInWords().ifPresent(words -> lines.add("needs        " + words));
    try {
      Seals.requireKind(settings.seal(), header);
      if (settings.seal().asks() && !ask) {
        lines.add("opens        not tried: that takes --ask");
        return new Status(true, lines);
      }
      Keyring keyring =
          Opening.open(header, Seals.open(settings.seal(), header, entropy, custodian));
      lines.add("opens        yes");
      lines.add(
          "term         %d, since %s, used %d times before the header was written"
              .formatted(keyring.activeTerm(), keyring.activeSince(), keyring.activeUses()));
      return new Status(true, lines);
    } catch (SealException e) {
      lines.add("opens        no: " + e.getMessage());
      return new Status(false, lines);
    }
  }

  /** A seal as it is now; {@code opens} is true as well where nobody was asked. */
  public record Status(boolean opens, List<String> lines) {
    public Status {
      lines = List.copyOf(lines);
    }
  }
}
