package io.coffer.engine.rocksdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.Backend;
import io.coffer.engine.Backend.Batch;
import io.coffer.engine.Backend.Outcome;
import io.coffer.engine.Backend.Write;
import io.coffer.engine.EngineException;
import io.coffer.engine.Family;
import io.coffer.engine.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksBackendTest {
  @TempDir Path directory = Path.of("");

  @Test
  void whatWasCommittedIsThereAfterAReopeningAndRevisionsGoOn() {
    try (RocksBackend backend = open()) {
      assertThat(commit(backend, "one", "s/1", "a/1", "k/1")).isEqualTo(committed(1));
      assertThat(commit(backend, "two", "s/2")).isEqualTo(committed(2));
    }
    try (RocksBackend backend = open()) {
      assertThat(all(backend, "s", "t")).isEqualTo(List.of(row("s/1", 1), row("s/2", 2)));
      assertThat(all(backend, "a", "b")).isEqualTo(List.of(row("a/1", 1)));
      assertThat(all(backend, "k", "l")).isEqualTo(List.of(row("k/1", 1)));
      assertThat(commit(backend, "three", "s/3")).isEqualTo(committed(3));
      backend.verify();
    }
  }

  @Test
  void theLastBatchIsKnownByItsId() {
    try (RocksBackend backend = open()) {
      commit(backend, "one", "s/1");
      commit(backend, "two", "s/2");
      assertThat(backend.wasCommitted(bytes("two"))).contains(committed(2));
      assertThat(backend.wasCommitted(bytes("three"))).isEmpty();
    }
    try (RocksBackend backend = open()) {
      assertThat(backend.wasCommitted(bytes("two"))).contains(committed(2));
    }
  }

  @Test
  void aStoreIsNotOpenedTwice() {
    try (RocksBackend _ = open()) {
      assertThatThrownBy(this::open).isInstanceOf(EngineException.Unavailable.class);
    }
  }

  @Test
  void peekingFindsARowAndChangesNothing() throws Exception {
    try (RocksBackend backend = open()) {
      commit(backend, "one", "s/1", "a/1");
      backend.compact(Family.ROWS); // Some of it in files, some in the log.
      commit(backend, "two", "s/2", "k/1");
    }
    Map<String, String> before = state();

    assertThat(RocksBackend.peek(directory, bytes("s/1"))).contains(bytes("value of s/1"));
    assertThat(RocksBackend.peek(directory, bytes("s/2"))).contains(bytes("value of s/2"));
    assertThat(RocksBackend.peek(directory, bytes("k/1"))).contains(bytes("value of k/1"));
    assertThat(RocksBackend.peek(directory, bytes("s/3"))).isEmpty();

    assertThat(state()).isEqualTo(before);
    try (RocksBackend backend = open()) {
      Map<String, String> opened = state();
      assertThat(RocksBackend.peek(directory, bytes("a/1"))).contains(bytes("value of a/1"));
      assertThat(state()).isEqualTo(opened);
      backend.verify();
    }
  }

  @Test
  void whereThereIsNoStorePeekingMakesNone() throws Exception {
    assertThat(RocksBackend.peek(directory, bytes("s/1"))).isEmpty();
    assertThat(RocksBackend.peek(directory.resolve("missing"), bytes("s/1"))).isEmpty();
    assertThat(state()).hasSize(1);
  }

  @Test
  void aClosedStoreRefusesAndOpenSnapshotsGoOn() {
    RocksBackend backend = open();
    commit(backend, "one", "s/1");
    Backend.Snapshot snapshot = backend.snapshot();
    backend.close();
    backend.close();

    assertThat(snapshot.get(bytes("s/1"))).contains(row("s/1", 1));
    assertThat(snapshot.scan(bytes("s"), bytes("t"), 1)).hasSize(1);
    assertThatThrownBy(backend::snapshot).isInstanceOf(EngineException.Unavailable.class);
    assertThat(commit(backend, "two", "s/2")).isInstanceOf(Outcome.Unavailable.class);
    assertThatThrownBy(() -> backend.wasCommitted(bytes("one")))
        .isInstanceOf(EngineException.Unavailable.class);
    snapshot.close();
    assertThatThrownBy(() -> snapshot.get(bytes("s/1"))).isInstanceOf(AssertionError.class);
    open().close(); // Closed for good once the last user was done.
  }

  @Test
  void aDestroyedDataKeyLeavesTheDisk() throws Exception {
    try (RocksBackend backend = open()) {
      commit(backend, "one", "k/1", "s/1");
      assertThat(onDisk("value of k/1")).isTrue();
      backend.commit(
          new Batch(
              bytes("two"),
              List.of(),
              List.of(List.of(new Write(bytes("k/1"), Optional.empty()))),
              List.of()));
      backend.compact(Family.DATA_KEYS);
      assertThat(onDisk("value of k/1")).isFalse();
      assertThat(onDisk("value of s/1")).isTrue();
    }
  }

  @Test
  void aFlippedBitIsCorruption() throws Exception {
    try (RocksBackend backend = open()) {
      commit(backend, "one", "s/1");
      backend.compact(Family.ROWS);
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        byte[] content = Files.readAllBytes(file);
        int at = new String(content, ISO_8859_1).indexOf("value");
        if (at >= 0) {
          content[at] ^= 1;
          Files.write(file, content);
        }
      }
    }
    // A store this small is read on opening already.
    assertThatThrownBy(
            () -> {
              try (RocksBackend backend = open()) {
                all(backend, "s", "t");
              }
            })
        .isInstanceOf(EngineException.Corrupt.class);
  }

  private RocksBackend open() {
    return RocksBackend.open(
        directory,
        e -> {
          throw new AssertionError("disk failed", e);
        });
  }

  private static Outcome commit(Backend backend, String id, String... keys) {
    List<Write> writes =
        Stream.of(keys)
            .map(key -> new Write(bytes(key), Optional.of(bytes("value of " + key))))
            .toList();
    return backend.commit(new Batch(bytes(id), List.of(), List.of(writes), List.of()));
  }

  private static Outcome.Committed committed(long revision) {
    return new Outcome.Committed(List.of(revision));
  }

  private static Row row(String key, long revision) {
    return new Row(bytes(key), bytes("value of " + key), revision);
  }

  private static List<Row> all(Backend backend, String from, String to) {
    try (Backend.Snapshot snapshot = backend.snapshot()) {
      return snapshot.scan(bytes(from), bytes(to), 100);
    }
  }

  private boolean onDisk(String text) throws IOException {
    String hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
    return state().values().stream().anyMatch(file -> file.contains(hex));
  }

  /** Names, times and contents of all there is. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        String content =
            Files.isDirectory(file) ? "" : HexFormat.of().formatHex(Files.readAllBytes(file));
        state.put(file.toString(), Files.getLastModifiedTime(file) + " " + content);
      }
    }
    return state;
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }
}
