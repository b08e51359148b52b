package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketFileTest {
  @TempDir private Path home = Path.of("");

  private SocketFile file(String mode) {
    return new SocketFile(
        home.resolve("d.sock"),
        Setting.DOCKER_SOCKET,
        new SocketAccess(PosixFilePermissions.fromString(mode), Optional.empty()));
  }

  private static ServerSocketChannel bind(Path at) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(at));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void whereItIsBoundNobodyElseMayEnterAndWhereItIsLookedForItHasItsMode() throws IOException {
    SocketFile socket = file("rw-rw----");
    socket.makeWay();
    Path binding = socket.bindsAt();
    try (ServerSocketChannel listening = bind(binding)) {
      // As wide as the widest umask leaves it.
      Files.setPosixFilePermissions(binding, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(mode(Optional.ofNullable(binding.getParent()).orElseThrow()))
          .isEqualTo("rwx------");
      assertThat(home.resolve("d.sock")).doesNotExist();

      socket.publish();

      assertThat(mode(home.resolve("d.sock"))).isEqualTo("rw-rw----");
      try (SocketChannel client =
          SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("d.sock")))) {
        assertThat(client.isConnected()).isTrue();
        assertThat(listening.accept()).isNotNull();
      }
    }
    assertThat(inside()).containsExactly("d.sock");
    socket.remove();
    assertThat(inside()).isEmpty();
  }

  @Test
  void aStartThatFailsTakesItsOwnAwayAndNothingElse() throws IOException {
    SocketFile failing = file("rw-------");
    failing.makeWay();
    bind(failing.bindsAt()).close();
    failing.remove();
    assertThat(inside()).isEmpty();

    try (ServerSocketChannel other = bind(home.resolve("d.sock"))) {
      SocketFile late = file("rw-------");
      assertThatThrownBy(late::makeWay).isInstanceOf(Mistakes.class);
      late.remove();
      assertThat(other.isOpen()).isTrue();
    }
    assertThat(inside()).containsExactly("d.sock");
  }

  @Test
  void aDirectoryThatIsNotThereIsAMistake() {
    SocketFile socket =
        new SocketFile(
            home.resolve("none/d.sock"),
            Setting.DOCKER_SOCKET,
            new SocketAccess(PosixFilePermissions.fromString("rw-------"), Optional.empty()));
    assertThatThrownBy(socket::makeWay)
        .isInstanceOf(Mistakes.class)
        .hasMessage("--docker-socket: its directory is not there");
  }

  private Stream<String> inside() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
