package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.audit.Chains;
import io.coffer.audit.Trail;
import io.coffer.core.Event;
import io.coffer.crypto.CurrentKeyring;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.SealedTail;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.Seal;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.Engine;
import io.coffer.engine.GroupCommit;
import io.coffer.engine.rocksdb.DirectoryLock;
import io.coffer.engine.rocksdb.RocksBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An opened data directory: locked to this process, unsealed, ready for transactions. */
final class Store implements AutoCloseable {
  static final String FOLDER = "store";

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private final Runnable release;
  private final Settings settings;
  private final CurrentKeyring keyring;
  private final Engine untrusted;
  private final Engine engine;
  private final RollbackGuard rollbacks;
  private volatile Guard guard;

  /** Who guards the keyring, and how. */
  private record Guard(StoreHeader header, Seal seal) {}

  private Store(
      Runnable release,
      Settings settings,
      Guard guard,
      CurrentKeyring keyring,
      Engine untrusted,
      Engine engine,
      RollbackGuard rollbacks) {
    this.release = release;
    this.settings = settings;
    this.guard = guard;
    this.keyring = keyring;
    this.untrusted = untrusted;
    this.engine = engine;
    this.rollbacks = rollbacks;
  }

  /** Which seal a store has, or is to have if there is none yet. */
  @FunctionalInterface
  private interface Sealing {
    Seal of(Optional<StoreHeader> header);
  }

  /**
   * Opens the directory, and makes what is missing if it is new. Whether the seal fits is found out
   * before anything is written.
   *
   * @param custodian is asked for what the seal keeps in no file; a store is not made so
   * @throws SealException if the seal does not fit
   * @throws io.coffer.engine.EngineException if another process holds the directory, or the disk
   *     does not do its part, or if the store is an older copy of itself and {@code rollback} does
   *     not accept that
   */
  static Store open(
      Settings settings,
      Custodian custodian,
      Entropy entropy,
      InstantSource clock,
      Rollback rollback) {
    return locked(
        settings,
        lock -> open(lock, settings, settings.seal(), custodian, entropy, clock, rollback));
  }

  /** As above, in a directory that the caller has locked: he closes the lock after the store. */
  static Store open(
      DirectoryLock lock,
      Settings settings,
      SealSpec spec,
      Custodian custodian,
      Entropy entropy,
      InstantSource clock,
      Rollback rollback) {
    return open(
        lock,
        settings,
        settings.keyFolder(spec),
        rollback,
        header -> {
          if (header.isPresent()) {
            return Seals.open(spec, header.get(), entropy, custodian);
          }
          if (spec.asks()) {
            throw new SealException(
                "there is no store in %s yet; under a seal of the kind %s, and with the same --seal and --data-dir, it is made by: coffer operator init"
                    .formatted(settings.dataDir(), spec.kind()));
          }
          return Seals.make(spec, entropy, custodian);
        },
        entropy,
        clock);
  }

  /**
   * Makes the store.
   *
   * @throws SealException if there is one
   */
  static Store make(Settings settings, Custodian custodian, Entropy entropy, InstantSource clock) {
    Sealing fresh =
        header -> {
          if (header.isPresent()) {
            throw new SealException(
                "there is a store in %s already, under the seal %s"
                    .formatted(settings.dataDir(), header.get().sealFingerprint()));
          }
          return Seals.make(settings.seal(), entropy, custodian);
        };
    return locked(
        settings,
        lock -> open(lock, settings, settings.keyFolder(), Rollback.REFUSE, fresh, entropy, clock));
  }

  /**
   * Makes the directory if it is not there, and keeps it to this process.
   *
   * @throws io.coffer.engine.EngineException if another process holds it
   */
  static DirectoryLock lock(Path dataDir) {
    makeDirectory(dataDir);
    makeDirectory(dataDir.resolve(FOLDER));
    return DirectoryLock.take(dataDir);
  }

  /** A store that closes its lock itself. */
  private static Store locked(Settings settings, Function<DirectoryLock, Store> opening) {
    DirectoryLock lock = lock(settings.dataDir());
    try {
      Store opened = opening.apply(lock);
      return new Store(
          lock::close,
          settings,
          opened.guard,
          opened.keyring,
          opened.untrusted,
          opened.engine,
          opened.rollbacks);
    } catch (RuntimeException | AssertionError e) {
      lock.close();
      throw e;
    }
  }

  private static Store open(
      DirectoryLock lock,
      Settings settings,
      Path keyFolder,
      Rollback rollback,
      Sealing sealing,
      Entropy entropy,
      InstantSource clock) {
    Path folder = settings.dataDir().resolve(FOLDER);
    Optional<StoreHeader> stored = header(folder);
    Seal seal = sealing.of(stored);
    StoreHeader header = stored.orElseGet(() -> Opening.create(seal, entropy, clock.instant()));
    CurrentKeyring keyring = new CurrentKeyring(Opening.open(header, seal));
    lock.announce();
    log.atInfo()
        .addKeyValue("store", header.storeId())
        .addKeyValue("seal", header.sealFingerprint())
        .log("store unsealed");
    LateTail tail = new LateTail();
    Engine untrusted = untrusted(folder, tail, entropy);
    RollbackGuard rollbacks =
        new RollbackGuard(new CounterFile(keyFolder, header.storeId(), keyring.keyring()));
    try {
      untrusted.write(header::writeIfAbsent).toCompletableFuture().join();
      Engine engine = new SealedEngine(untrusted, keyring);
      Optional<Event> accepted = engine.read(tx -> rollbacks.check(tx, stored.isEmpty(), rollback));
      tail.set(
          new SealedTail(
              engine.read(tx -> Chains.next(tx, keyring.keyring(), clock, rollbacks::checkpoint)),
              keyring));
      accepted.ifPresent(event -> witness(engine, event, clock));
      return new Store(
          () -> {}, settings, new Guard(header, seal), keyring, untrusted, engine, rollbacks);
    } catch (RuntimeException | AssertionError e) {
      untrusted.close();
      rollbacks.close();
      throw e;
    }
  }

  private static void witness(Engine engine, Event event, InstantSource clock) {
    Trail trail = new Trail(engine);
    engine
        .<Boolean>write(tx -> {
          trail.saw(tx, Administrator.serverCall(clock), event);
          return true;
        })
        .toCompletableFuture()
        .join();
  }

  /** The header in a store's folder, if there is one; whether or not a process has it open. */
  static Optional<StoreHeader> header(Path folder) {
    return RocksBackend.peek(folder, SealedEngine.HEADER_KEY).map(StoreHeader::decode);
  }

  private static Engine untrusted(Path folder, LateTail tail, Entropy entropy) {
    return new GroupCommit(
        RocksBackend.open(folder, Store::endProcess),
        tail,
        entropy,
        body -> Thread.ofPlatform().name("committer").unstarted(body),
        pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  /**
   * The store is under {@code seal}, and has this header, made from {@link #header}: durable, and
   * on record, when this returns. Used by {@link StoreKeys}, one at a time.
   *
   * @throws SealException if nobody knows which header an earlier change left
   */
  void replaceHeader(StoreHeader next, Seal seal, Event event, InstantSource clock) {
    StoreHeader before = header();
    Trail trail = new Trail(engine);
    untrusted
        .<Boolean>write(tx -> {
          if (!StoreHeader.read(tx).equals(Optional.of(before))) {
            // Locked to us: it was an earlier change, whose write failed without saying how far.
            throw new SealException(
                "an earlier change of the seal or the keyring did not end: start the server again before another");
          }
          tx.put(SealedEngine.HEADER_KEY, next.encode());
          trail.saw(tx, Administrator.serverCall(clock), event);
          return true;
        })
        .toCompletableFuture()
        .join();
    guard = new Guard(next, seal);
  }

  /** A disk that lost a synced write cannot be trusted with the next: what is not sure must end. */
  private static void endProcess(Throwable cause) {
    log.atError().addKeyValue("cause", cause.getClass().getName()).log("storage failed, ending");
    Runtime.getRuntime().halt(70);
  }

  /** What tells of rollbacks goes where the next start, under {@code next}, will look for it. */
  void countBeside(SealSpec next) {
    rollbacks.moveTo(
        new CounterFile(settings.keyFolder(next), header().storeId(), keyring.keyring()));
  }

  StoreHeader header() {
    return guard.header();
  }

  Seal seal() {
    return guard.seal();
  }

  /** The keys that outlive every rotation: of indices, tokens and checkpoints. */
  Keyring keyring() {
    return keyring.keyring();
  }

  /** What seals, by the term of now. */
  CurrentKeyring sealing() {
    return keyring;
  }

  Engine engine() {
    return engine;
  }

  private static void makeDirectory(Path dataDir) {
    try {
      if (!Files.isDirectory(dataDir)) {
        Files.createDirectories(
            dataDir,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data directory", e);
    }
  }

  @Override
  public void close() {
    try {
      engine.close();
      rollbacks.close();
    } finally {
      release.run();
    }
  }
}
