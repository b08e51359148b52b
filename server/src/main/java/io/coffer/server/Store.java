package io.coffer.server;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.audit.Chains;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.SealedTail;
import io.coffer.crypto.seal.FileSeal;
import io.coffer.crypto.seal.Opening;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An opened data directory: locked to this process, unsealed, ready for transactions. */
final class Store implements AutoCloseable {
  static final String FOLDER = "store";

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private final DirectoryLock lock;
  private final StoreHeader header;
  private final Keyring keyring;
  private final Engine engine;

  private Store(DirectoryLock lock, StoreHeader header, Keyring keyring, Engine engine) {
    this.lock = lock;
    this.header = header;
    this.keyring = keyring;
    this.engine = engine;
  }

  /**
   * Opens the directory, and makes what is missing if it is new. Whether the seal fits is found out
   * before anything is written.
   *
   * @throws io.coffer.crypto.seal.SealException if the seal does not fit
   * @throws io.coffer.engine.EngineException if another process holds the directory, or the disk
   *     does not do its part
   */
  static Store open(Path dataDir, Path sealFile, Entropy entropy, InstantSource clock) {
    makeDirectory(dataDir);
    makeDirectory(dataDir.resolve(FOLDER));
    DirectoryLock lock = DirectoryLock.take(dataDir);
    try {
      Path folder = dataDir.resolve(FOLDER);
      Optional<Bytes> stored = RocksBackend.peek(folder, SealedEngine.HEADER_KEY);
      FileSeal seal =
          stored.isPresent() ? FileSeal.load(sealFile) : FileSeal.loadOrCreate(sealFile, entropy);
      StoreHeader header =
          stored
              .map(StoreHeader::decode)
              .orElseGet(() -> Opening.create(seal, entropy, clock.instant()));
      Keyring keyring = Opening.open(header, seal);
      lock.announce();
      log.atInfo()
          .addKeyValue("store", header.storeId())
          .addKeyValue("seal", header.sealFingerprint())
          .log("store unsealed");
      Engine engine = engine(folder, header, keyring, entropy, clock);
      return new Store(lock, header, keyring, engine);
    } catch (RuntimeException | AssertionError e) {
      lock.close();
      throw e;
    }
  }

  private static Engine engine(
      Path folder, StoreHeader header, Keyring keyring, Entropy entropy, InstantSource clock) {
    LateTail tail = new LateTail();
    RocksBackend backend = RocksBackend.open(folder, Store::endProcess);
    Engine untrusted =
        new GroupCommit(
            backend,
            tail,
            entropy,
            body -> Thread.ofPlatform().name("committer").unstarted(body),
            pause -> LockSupport.parkNanos(pause.toNanos()));
    untrusted.write(header::writeIfAbsent).toCompletableFuture().join();
    Engine engine = new SealedEngine(untrusted, keyring);
    tail.set(new SealedTail(engine.read(tx -> Chains.next(tx, keyring, clock)), keyring));
    return engine;
  }

  /** A disk that lost a synced write cannot be trusted with the next: what is not sure must end. */
  private static void endProcess(Throwable cause) {
    log.atError().addKeyValue("cause", cause.getClass().getName()).log("storage failed, ending");
    Runtime.getRuntime().halt(70);
  }

  StoreHeader header() {
    return header;
  }

  Keyring keyring() {
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
    } finally {
      lock.close();
    }
  }
}
