package io.coffer.crypto.seal;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small file that only its owner may read: made whole or not at all, and never made over another.
 * Where a file system knows no permissions, nothing is asked of them.
 */
final class KeyFile {
  private static final int LENGTH_MAX = 4096;

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  static boolean exists(Path path) {
    return Files.exists(path);
  }

  /** {@code name} is what errors call it. */
  static byte[] read(String name, Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      requirePrivate(name, path);
      return in.readNBytes(LENGTH_MAX);
    } catch (NoSuchFileException e) {
      throw new SealException("there is no " + name + " at " + path, e);
    } catch (IOException e) {
      throw new SealException("the " + name + " " + path + " cannot be read", e);
    }
  }

  private static void requirePrivate(String name, Path path) throws IOException {
    if (hasPermissions(path) && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
      throw new SealException(
          "the "
              + name
              + " "
              + path
              + " is open to others than its owner, who may have read it; if nobody has: chmod 600 "
              + path);
    }
  }

  /** Writes the file unless there is one by then, and forces it to the disk. */
  static void create(Path path, byte[] content) {
    Path absolute = path.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory == null) {
      throw new SealException(path + " is no place for a seal key file");
    }
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
      }
      Path whole =
          Files.createTempFile(directory, ".seal", ".new", permissions(directory, "rw-------"));
      try {
        writeForced(whole, content);
        publish(whole, absolute);
        force(directory);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new SealException("the seal key file " + path + " cannot be made", e);
    }
  }

  private static void writeForced(Path path, byte[] content) throws IOException {
    try (FileChannel file = FileChannel.open(path, WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        file.write(left);
      }
      file.force(true);
    }
  }

  /**
   * A link fails where a file is; a move would put ours in its place, and some store's key away.
   */
  private static void publish(Path whole, Path path) throws IOException {
    try {
      Files.createLink(path, whole);
    } catch (FileAlreadyExistsException _) {
      return; // Another process was faster, and its key is the key.
    } catch (UnsupportedOperationException | FileSystemException _) {
      // No links here, as on some mounted volumes. This check and the move are not one step.
      if (!Files.exists(path)) {
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void force(Path directory) throws IOException {
    if (hasPermissions(directory)) { // Elsewhere a directory cannot be opened.
      try (FileChannel opened = FileChannel.open(directory, READ)) {
        opened.force(true);
      }
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    if (!hasPermissions(path)) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
