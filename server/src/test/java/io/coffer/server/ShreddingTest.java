package io.coffer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.audit.Trail;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.founding.Founding;
import io.coffer.core.kms.CreateKey;
import io.coffer.core.kms.DueKeys;
import io.coffer.core.kms.KeyVersions;
import io.coffer.core.kms.SymmetricKeys;
import io.coffer.core.operation.Operation;
import io.coffer.core.secret.Destruction;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.crypto.TenantKeys;
import io.coffer.crypto.seal.Custodian;
import io.coffer.engine.Engine;
import io.coffer.engine.rocksdb.RocksBackend;
import io.coffer.testing.SimWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was destroyed is in no file of the data directory any more. */
@Timeout(120)
final class ShreddingTest {
  /** As much of a sealed value as surely lies in one piece and nowhere by chance. */
  private static final int PIECE = 24;

  @TempDir private Path home;

  @Test
  void theMaterialOfADestroyedKeyVersionLeavesEveryFile() throws IOException {
    InstantSource clock = InstantSource.system();
    SystemEntropy entropy = new SystemEntropy();
    Path data = home.resolve("data");
    try (Store store =
        Store.open(
            RunningCoffer.settings(home, Map.of()),
            Custodian.NOBODY,
            entropy,
            clock,
            Rollback.REFUSE)) {
      Engine engine = store.engine();
      Witness witness = new Trail(engine);
      Founding.Known founding =
          Administrator.found(engine, witness, clock, entropy, home.resolve("admin.json"));
      Call admin =
          Administrator.serverCall(clock)
              .by(
                  new Caller(
                      founding.admin().subject(), founding.admin().name(), Caller.Via.IAM_TOKEN));
      Verbs verbs = new Verbs(engine, witness);
      Ids ids = new Ids(entropy);
      TenantKeys tenantKeys = new TenantKeys(store.keyring(), entropy);
      SymmetricKeys keys = new SymmetricKeys(verbs, witness, ids, store.keyring(), tenantKeys);
      Operation created = SimWorld.await(keys.create(admin, key(founding.folder().id())));
      String keyId = created.resourceId();
      String kept = SimWorld.await(keys.rotate(admin, keyId)).versionId();
      String doomedPiece = piece(store(data), keyId, created.versionId());
      String keptPiece = piece(store(data), keyId, kept);
      assertThat(inFiles(data, doomedPiece)).isTrue();

      SimWorld.await(
          new KeyVersions(verbs, witness, ids, store.keyring())
              .scheduleDestruction(admin, keyId, created.versionId(), Duration.ZERO));
      new DueJobs(engine, clock, List.of(new DueKeys(engine, witness, ids, tenantKeys))).look();
      int shredded =
          SimWorld.await(new Destruction(engine, witness).shred(Administrator.serverCall(clock)));

      assertThat(shredded).isEqualTo(1);
      assertThat(inFiles(data, doomedPiece)).isFalse();
      assertThat(inFiles(data, keptPiece)).isTrue();
    }
  }

  private static CreateKey key(String folderId) {
    return new CreateKey(
        folderId, "key", "", new TreeMap<>(), Algorithm.AES_256, Optional.empty(), false);
  }

  private static Path store(Path data) {
    return data.resolve(Store.FOLDER);
  }

  /** From the end of the row as it lies on the disk, sealed. */
  private static String piece(Path store, String keyId, String versionId) {
    Bytes row = RocksBackend.peek(store, Keyspace.dataKey(keyId, versionId)).orElseThrow();
    return new String(row.slice(row.length() - PIECE, row.length()).toByteArray(), ISO_8859_1);
  }

  private static boolean inFiles(Path data, String piece) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (content(file).contains(piece)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          // The store deletes files while this looks.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException trouble)
              throws IOException {
            if (trouble instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw trouble;
          }
        });
    return !found.isEmpty();
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (NoSuchFileException _) {
      return ""; // The store deletes files while this looks.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
