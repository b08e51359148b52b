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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was destroyed is in no file of the data directory any more. */
@Timeout(180)
final class ShreddingTest {
  /** As much of a sealed value as surely lies in one piece and nowhere by chance. */
  private static final int PIECE = 24;

  private static final String SECRETS = "/lockbox/v1/secrets";

  /** From the destruction to the record that nothing is left, and a little for a busy machine. */
  private static final Duration PROMISE = Duration.ofSeconds(75);

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

  /** The drill of docs/operating.md, with the server's own clockwork: it may take its minute. */
  @Test
  void theDataKeysOfWhatBothDoorsDestroyLeaveEveryFileOfARunningServer() throws Exception {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Rest rest = coffer.rest();
      String token = coffer.token();
      List<String> destroyed = create(coffer, "destroyed");
      List<String> deleted = create(coffer, "deleted");
      List<String> kept = create(coffer, "kept");
      Path data = coffer.settings().dataDir();
      List<String> pieces =
          Stream.of(destroyed, deleted, kept)
              .map(ids -> piece(store(data), ids.getFirst(), ids.getLast()))
              .toList();
      for (String piece : pieces) {
        assertThat(inFiles(data, piece)).isTrue();
      }

      rest.post(
          SECRETS + "/" + destroyed.getFirst() + ":scheduleVersionDestruction",
          token,
          "{\"versionId\":\"%s\",\"pendingPeriod\":\"0s\"}".formatted(destroyed.getLast()));
      assertThat(
              rest.send(rest.request(SECRETS + "/" + deleted.getFirst(), token).DELETE()).status())
          .isEqualTo(200);

      awaitShredded(coffer.settings(), List.of(destroyed.getLast(), deleted.getLast()));
      assertThat(inFiles(data, pieces.get(0))).isFalse();
      assertThat(inFiles(data, pieces.get(1))).isFalse();
      assertThat(inFiles(data, pieces.get(2))).isTrue();
    }
  }

  /** The ids of a secret and of its version. */
  private static List<String> create(RunningCoffer coffer, String name) {
    Answer created =
        coffer
            .rest()
            .post(
                SECRETS,
                coffer.token(),
                "{\"folderId\":\"%s\",\"name\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}"
                    .formatted(coffer.folderId(), name));
    return List.of(created.member("secretId"), created.member("versionId"));
  }

  private static void awaitShredded(Settings settings, List<String> versions) {
    Instant end = Instant.now().plus(PROMISE);
    List<String> lines = new ArrayList<>();
    do {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      lines.clear();
      AuditReader.walk(
          settings,
          line -> {
            if (line.contains("Shredded")) {
              lines.add(line);
            }
          });
    } while (!versions.stream().allMatch(id -> lines.stream().anyMatch(line -> line.contains(id)))
        && Instant.now().isBefore(end));
    for (String id : versions) {
      assertThat(lines).anyMatch(line -> line.contains(id));
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
            if (attributes.isRegularFile() && content(file).contains(piece)) {
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
