package io.coffer.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The file a Unix socket is bound to. */
final class SocketFile {
  /** Of a file's mode, as {@code inode(7)} has it. */
  private static final int TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private final Path path;

  SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Removes what a killed process left behind.
   *
   * @throws Mistakes if somebody listens there, or it is no socket
   */
  void makeWay() {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket()) {
      throw new Mistakes(List.of("--docker-socket: " + path + " is there and is no socket"));
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobodyListens) {
      remove();
      return;
    }
    throw new Mistakes(List.of("--docker-socket: another process listens on " + path));
  }

  private boolean isSocket() {
    try {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE) == SOCKET;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the Docker socket", e);
    }
  }

  /** Whoever may open it is administrator: its owner only. */
  void restrict() {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set the mode of the Docker socket", e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the Docker socket", e);
    }
  }
}
