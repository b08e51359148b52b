package io.coffer.engine.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir Path directory = Path.of("");

  @Test
  void aSecondProcessIsToldWhoHoldsTheDirectory() throws Exception {
    try (Forked holder = Forked.start(List.of(), Holder.class, directory.toString())) {
      assertThat(holder.line()).isEqualTo("held");

      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining("process " + holder.pid());

      holder.kill();
      DirectoryLock.take(directory).close();
    }
  }

  @Test
  void nothingIsWrittenBeforeItIsAnnounced() throws Exception {
    Path file = directory.resolve("lock");
    Files.writeString(file, "12\n2001-01-01T00:00:00Z\n");
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      assertThat(file).hasContent("12\n2001-01-01T00:00:00Z\n");
      lock.announce();
      assertThat(file).content().startsWith(ProcessHandle.current().pid() + "\n");
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void aSecondTryFromWithinIsRefusedAndHurtsNothing() throws Exception {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      lock.announce();
      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      // Still held, as a process from outside sees it.
      try (Forked other = Forked.start(List.of(), Holder.class, directory.toString())) {
        assertThat(other.line()).contains("process " + ProcessHandle.current().pid());
      }
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void aDirectoryThatIsNotThereIsUnavailable() {
    assertThatThrownBy(() -> DirectoryLock.take(directory.resolve("missing")))
        .isInstanceOf(EngineException.Unavailable.class);
  }

  /** Says whether it got the lock, and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try {
        DirectoryLock.take(Path.of(args[0])).announce();
      } catch (EngineException.Unavailable e) {
        System.out.println(e.getMessage());
        return;
      }
      System.out.println("held");
      Thread.currentThread().join();
    }
  }
}
