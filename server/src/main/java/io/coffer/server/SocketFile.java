package io.coffer.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file a Unix socket is bound to. A bind makes it as wide as the process's umask says, and a
 * change of mode comes later; so it is bound in a directory that only its owner may enter, given
 * its mode and group there, and only then moved to its place. At no moment can anybody open it who
 * may not later.
 */
final class SocketFile {
  /** Of a file's mode, as {@code inode(7)} has it. */
  private static final int TYPE = 0170000;

  private static final int SOCKET = 0140000;
  private static final String NAME = "s";
  private static final int DIGITS = 8;

  /** What a Unix socket's name may have, by the kernel. */
  private static final int PATH_MAX = 107;

  private final Path path;
  private final String name;
  private final SocketAccess access;
  private final Path bindsAt;
  private boolean published;

  /**
   * A file that may not be there yet.
   *
   * @param setting that names it, for what is wrong with it
   */
  SocketFile(Path path, Setting setting, SocketAccess access) {
    this(path, "--" + setting.option(), access);
  }

  /** One that no setting names, for its owner only. */
  SocketFile(Path path) {
    this(path, path.toString(), SocketAccess.of(Optional.empty(), Optional.empty()));
  }

  private SocketFile(Path path, String name, SocketAccess access) {
    this.path = path;
    this.name = name;
    this.access = access;
    // A start that was killed may have left one of these; another name is no secret, just free.
    String drawn = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    this.bindsAt = path.resolveSibling(".c" + drawn).resolve(NAME);
  }

  /** Whether the kernel takes no such name, or not the one it is bound under before. */
  static boolean isTooLong(Path path) {
    Path bindsAt = path.resolveSibling(".c" + "0".repeat(DIGITS)).resolve(NAME);
    return Math.max(length(path), length(bindsAt)) > PATH_MAX;
  }

  private static int length(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Where the server is to bind: not where clients find it. */
  Path bindsAt() {
    return bindsAt;
  }

  /**
   * Removes what a killed process left behind, and makes the directory to bind in.
   *
   * @throws Mistakes if somebody listens there, or it is no socket
   */
  void makeWay() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!isSocket()) {
        throw new Mistakes(List.of(option() + path + " is there and is no socket"));
      }
      requireNobodyListens();
      delete(path);
    }
    try {
      Files.createDirectory(
          directory(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (NoSuchFileException e) {
      throw new Mistakes(List.of(option() + "its directory is not there"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a socket in the directory of " + path, e);
    }
  }

  private void requireNobodyListens() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobodyListens) {
      return;
    }
    throw new Mistakes(List.of(option() + "another process listens on " + path));
  }

  private String option() {
    return name + ": ";
  }

  /** Whether a socket is at {@code path}; throws if nothing is. */
  static boolean isSocket(Path path, LinkOption... links) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", links);
    return (mode & TYPE) == SOCKET;
  }

  private boolean isSocket() {
    try {
      return isSocket(path, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at a socket of ours", e);
    }
  }

  /** Gives the bound socket its group and mode and moves it to where clients look for it. */
  void publish() {
    try {
      PosixFileAttributeView file =
          Files.getFileAttributeView(bindsAt, PosixFileAttributeView.class);
      if (access.group().isPresent()) {
        setGroup(file);
      }
      file.setPermissions(access.mode());
      Files.move(bindsAt, path, StandardCopyOption.ATOMIC_MOVE);
      published = true;
      Files.delete(directory());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot put a socket of ours in its place", e);
    }
  }

  private void setGroup(PosixFileAttributeView file) {
    try {
      file.setGroup(access.group().orElseThrow());
    } catch (FileSystemException e) {
      throw new Mistakes(
          List.of(
              "--docker-socket-group: this user may not give a file to the group; he must be a"
                  + " member of it"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set the group of the Docker socket", e);
    }
  }

  /** Removes what is ours: the socket if it is in its place, else what was bound before. */
  void remove() {
    if (published) {
      delete(path);
      published = false;
    }
    delete(bindsAt);
    delete(directory());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a socket of ours", e);
    }
  }

  private Path directory() {
    return path.resolveSibling(bindsAt.getName(bindsAt.getNameCount() - 2));
  }
}
