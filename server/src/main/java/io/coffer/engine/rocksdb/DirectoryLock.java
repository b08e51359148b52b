package io.coffer.engine.rocksdb;

import io.coffer.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a data directory to one process: a lock on the file {@code lock} in it, which the system
 * releases however the process ends. The file says who holds it, once that one {@link #announce}s
 * itself: two lines, its process id and when it was started.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "lock";

  /**
   * The system counts per process, and forgets all of its locks on a file when it closes the file
   * once: a second try from within must not even open it.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks an existing directory. Writes nothing, but creates the file if it is missing.
   *
   * @throws EngineException.Unavailable if another process holds it, whose id it then names, or if
   *     the directory cannot be written to
   */
  public static DirectoryLock take(Path directory) {
    try {
      Path real = directory.toRealPath();
      if (!HELD_HERE.add(real)) {
        throw new EngineException.Unavailable(
            "data directory is in use by this process, " + ProcessHandle.current().pid());
      }
      try {
        return new DirectoryLock(real, lock(real.resolve(NAME)));
      } catch (IOException | RuntimeException e) {
        HELD_HERE.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new EngineException.Unavailable("cannot lock the data directory: " + e, e);
    }
  }

  @SuppressWarnings("resource") // The lock ends with its channel, and the channel is handed on.
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new EngineException.Unavailable("data directory is in use by " + holder(file));
    }
    return channel;
  }

  /** Writes down who holds the directory. */
  public void announce() {
    ProcessHandle self = ProcessHandle.current();
    String text = self.pid() + "\n" + started(self).map(Instant::toString).orElse("?") + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new EngineException.Unavailable("cannot write to the data directory: " + e, e);
    }
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(directory);
    }
  }

  /**
   * Words for whoever holds the file. What it says may be of a process that ended in a crash, if
   * the one that holds it now has not announced itself yet.
   */
  private static String holder(Path file) throws IOException {
    String[] lines = Files.readString(file).split("\n", -1);
    if (lines.length < 2 || !lines[0].matches("[0-9]{1,18}")) {
      return "another process";
    }
    Optional<String> started =
        ProcessHandle.of(Long.parseLong(lines[0]))
            .flatMap(DirectoryLock::started)
            .map(Instant::toString);
    String named = "process " + lines[0] + ", started " + lines[1];
    return started.equals(Optional.of(lines[1]))
        ? named
        : "another process, maybe on another machine or in a container; the last one was " + named;
  }

  private static Optional<Instant> started(ProcessHandle process) {
    return process.info().startInstant();
  }
}
