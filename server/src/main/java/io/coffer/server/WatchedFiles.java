package io.coffer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are read again when others replaced them: written over, moved into their place, or
 * behind a symbolic link that now leads elsewhere. What cannot be used counts for nothing: what was
 * read before stays, and it is told once, if it is still so at the next look. Two files are never
 * replaced at the same moment.
 */
final class WatchedFiles {
  private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

  private final String what;
  private final List<Path> files;
  private final Runnable load;

  private List<Optional<Stamp>> seen;
  private boolean inDoubt;

  private record Stamp(FileTime modified, long size, @Nullable Object file) {
    static Optional<Stamp> of(Path path) {
      try {
        BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.of(new Stamp(read.lastModifiedTime(), read.size(), read.fileKey()));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Loads them once.
   *
   * @param load puts what they hold to use; throws {@link Mistakes} if it cannot be used
   */
  WatchedFiles(String what, List<Path> files, Runnable load) {
    this.what = what;
    this.files = List.copyOf(files);
    this.load = load;
    this.seen = stamps();
    load.run();
  }

  private List<Optional<Stamp>> stamps() {
    return files.stream().map(Stamp::of).toList();
  }

  /** Called by one thread. */
  void look() {
    List<Optional<Stamp>> now = stamps(); // Before they are read: a change meanwhile is seen next.
    boolean again = now.equals(seen);
    if (again && !inDoubt) {
      return;
    }
    seen = now;
    inDoubt = false;
    try {
      load.run();
      log.atInfo().addKeyValue("what", what).log("read again, since its file has changed");
    } catch (Mistakes e) {
      inDoubt = !again;
      if (again) {
        log.atWarn()
            .addKeyValue("what", what)
            .addKeyValue("mistakes", e.sentences())
            .log("its file has changed and cannot be used; what was read before stays");
      }
    }
  }
}
