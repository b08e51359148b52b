package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.seal.Custodian;
import io.coffer.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drill of a restored copy, and what else the counter beside the seal key notices. */
@Timeout(120)
final class RollbackTest {
  private static final String SECRETS = "/lockbox/v1/secrets";

  @TempDir private Path home;

  private Settings settings() {
    return RunningCoffer.settings(home, Map.of());
  }

  private RunningCoffer start() {
    return RunningCoffer.start(home);
  }

  private CofferServer accepting() {
    return CofferServer.start(settings(), Clock.systemUTC(), Custodian.NOBODY, Rollback.ACCEPT);
  }

  private static String create(RunningCoffer coffer, String value) {
    return coffer
        .rest()
        .post(
            SECRETS,
            coffer.token(),
            "{\"folderId\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"%s\"}]}"
                .formatted(coffer.folderId(), value))
        .member("secretId");
  }

  private static int status(RunningCoffer coffer, String secret) {
    return coffer.rest().get(SECRETS + "/" + secret + "/payload", coffer.token()).status();
  }

  private Path counter() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("keys"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("counter-"))
          .reduce((a, b) -> {
            throw new AssertionError("two counters");
          })
          .orElseThrow();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.filter(path -> Files.isDirectory(path) || Files.isRegularFile(path)).toList();
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  private void putBack(Path copy) throws IOException {
    Files.move(home.resolve("data"), home.resolve("lost"));
    copy(copy, home.resolve("data"));
  }

  /** One secret in the copy, and another that was made since. */
  private List<String> restored() throws IOException {
    String early;
    String late;
    try (RunningCoffer coffer = start()) {
      early = create(coffer, "early");
    }
    Path copy = home.resolve("copy");
    copy(home.resolve("data"), copy);
    try (RunningCoffer coffer = start()) {
      late = create(coffer, "late");
    }
    putBack(copy);
    return List.of(early, late);
  }

  @Test
  void aCopyThatWasPutBackIsRefusedUntilItIsAcceptedOnce() throws Exception {
    List<String> secrets = restored();

    assertThatThrownBy(this::start)
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageMatching(
            "the store was put back to an earlier state: it has come to block 1 of chain 2, as "
                + ".*/keys/counter-[0-9a-f]{8} says, which is not in it; its trail ends at block"
                + " [0-9]+ of chain 1. If you have restored a copy, start the server once with"
                + " --accept-rollback");
    assertThatThrownBy(() -> new Operator(settings(), Custodian.NOBODY, Clock.systemUTC()).rotate())
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageStartingWith("the store was put back");

    accepting().close();

    try (RunningCoffer coffer = start()) {
      assertThat(status(coffer, secrets.getFirst())).isEqualTo(200);
      assertThat(status(coffer, secrets.getLast())).isEqualTo(404);
      assertThat(status(coffer, create(coffer, "after"))).isEqualTo(200);
    }
    List<String> lines = new ArrayList<>();
    AuditReader.Report report = AuditReader.walk(settings(), lines::add);
    assertThat(report.sound()).as(report.sentence()).isTrue();
    assertThat(lines).filteredOn(line -> line.contains("AcceptRollback")).hasSize(1);
  }

  @Test
  void anotherHistoryOfTheSameLengthIsNoticedToo() throws Exception {
    restored();
    Path counter = counter();
    byte[] told = Files.readAllBytes(counter);
    accepting().close(); // Also a block 1 of chain 2, but with other records.

    Files.write(counter, told);

    assertThatThrownBy(this::start).hasMessageContaining("it has come to block 1 of chain 2");
  }

  @Test
  void acceptingIsForOneStartAndMustNotStay() throws Exception {
    start().close();

    assertThatThrownBy(this::accepting)
        .isInstanceOf(Mistakes.class)
        .hasMessageContaining("the store is not behind its counter: start without it");
    start().close();
  }

  @Test
  void aStoreThatIsFurtherThanItsCounterIsFine() throws Exception {
    start().close();
    byte[] early = Files.readAllBytes(counter());
    start().close();
    assertThat(Files.readAllBytes(counter())).isNotEqualTo(early);

    Files.write(counter(), early); // As if the process was killed before it wrote the last.

    start().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "coffer-counter-1:1:1:", "not a counter", "\0\0\0\0\0\0\0\0"})
  void aCounterThatIsNotAsTheStoreWroteItIsNotTaken(String content) throws Exception {
    start().close();
    Files.writeString(counter(), content);

    assertThatThrownBy(this::start)
        .isInstanceOf(EngineException.Unavailable.class)
        .hasMessageContaining("is not as this store wrote it");

    Files.delete(counter());
    start().close(); // Warned of, and made again.
    assertThat(counter()).exists();
  }

  @Test
  void aCounterSetBackByHandIsNotTaken() throws Exception {
    start().close();
    String line = Files.readString(counter());

    Files.writeString(counter(), line.replaceFirst(":1:[0-9]+:", ":1:999:"));

    assertThatThrownBy(this::start).hasMessageContaining("is not as this store wrote it");
  }

  @Test
  void theCounterOfAnotherStoreIsNotTaken() throws Exception {
    start().close();
    Path other = Files.createDirectory(home.resolve("other"));
    RunningCoffer.start(other).close();
    try (Stream<Path> files = Files.list(other.resolve("keys"))) {
      Path foreign =
          files
              .filter(file -> file.getFileName().toString().startsWith("counter-"))
              .findFirst()
              .orElseThrow();
      Files.write(counter(), Files.readAllBytes(foreign));
    }

    assertThatThrownBy(this::start).hasMessageContaining("is not as this store wrote it");
  }

  @Test
  void theCounterIsItsOwnersAlone() throws Exception {
    start().close();

    assertThat(Files.getPosixFilePermissions(counter()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
