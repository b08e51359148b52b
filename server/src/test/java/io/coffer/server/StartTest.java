package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.seal.SealException;
import io.coffer.engine.EngineException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds, makes, refuses and leaves alone. */
@Timeout(180)
final class StartTest {
  private static final String SECRETS = "/lockbox/v1/secrets";

  @TempDir private Path home;

  @Test
  void aNewStoreIsItsOwnersOnly() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Path data = coffer.settings().dataDir();
      assertThat(mode(data)).isEqualTo("rwx------");
      assertThat(mode(coffer.settings().dockerSocket())).isEqualTo("rw-------");
      assertThat(mode(home.resolve("keys/seal.key"))).isEqualTo("rw-------");
      assertThat(mode(data.resolve("ca.pem"))).isEqualTo("rw-------");
      assertThat(mode(data.resolve("connect.properties"))).isEqualTo("rw-------");
      try (Stream<Path> keys = Files.list(home.resolve("keys"))) {
        assertThat(keys.toList()).hasSize(3).allMatch(file -> mode(file).equals("rw-------"));
      }
      assertThat(mode(home.resolve("keys"))).isEqualTo("rwx------");
    }
    assertThat(home.resolve("data/docker.sock")).doesNotExist();
  }

  @Test
  void aRestartKeepsEverything() throws IOException {
    String token;
    String secret;
    String ca;
    Map<String, String> before;
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      token = coffer.token();
      secret = create(coffer, "kept").member("secretId");
      ca = Files.readString(coffer.caCertificate());
      before = ids(coffer);
    }
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Answer payload = coffer.rest().get(SECRETS + "/" + secret + "/payload", token);
      assertThat(payload.body()).contains("\"textValue\":\"value of kept\"");
      assertThat(Files.readString(coffer.caCertificate())).isEqualTo(ca);
      assertThat(ids(coffer)).isEqualTo(before);
      assertThat(coffer.adminKey().login(coffer.rest())).isNotEmpty();
    }
  }

  @Test
  void anotherSealKeyIsRefusedWithBothFingerprintsAndNothingIsTouched() throws IOException {
    RunningCoffer.start(home).close();
    Path other = home.resolve("other");
    RunningCoffer.start(other).close();
    Path otherSeal = other.resolve("keys/seal.key");
    Map<String, String> before = everything(home);
    assertThatThrownBy(() -> RunningCoffer.start(home, Map.of(Setting.SEAL, "file:" + otherSeal)))
        .isInstanceOf(SealException.class)
        .hasMessageMatching(
            "this store needs the seal key [0-9a-f]{16}, the one given is [0-9a-f]{16}");
    assertThat(everything(home)).isEqualTo(before);
    RunningCoffer.start(home).close();
  }

  @Test
  void aMissingSealKeyOfAStoreThatIsThereIsNotMadeAnew() throws IOException {
    RunningCoffer.start(home).close();
    Path seal = home.resolve("keys/seal.key");
    Path away = home.resolve("seal.away");
    Files.move(seal, away);
    Map<String, String> before = everything(home);
    assertThatThrownBy(() -> RunningCoffer.start(home))
        .isInstanceOf(SealException.class)
        .hasMessageContaining(seal.toString());
    assertThat(everything(home)).isEqualTo(before);
    Files.move(away, seal);
    RunningCoffer.start(home).close();
  }

  @Test
  void aSealKeyThatOthersMayReadIsRefused() throws IOException {
    RunningCoffer.start(home).close();
    Path seal = home.resolve("keys/seal.key");
    Files.setPosixFilePermissions(seal, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> RunningCoffer.start(home))
        .isInstanceOf(SealException.class)
        .hasMessageContaining(seal.toString());
  }

  @Test
  void aSecondServerOnTheDirectoryIsToldWhoHasIt() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      assertThatThrownBy(() -> RunningCoffer.start(home))
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      assertThat(create(coffer, "still-served").status()).isEqualTo(200);
    }
  }

  @Test
  void aSocketThatAKilledServerLeftIsReplaced() throws IOException {
    Path socket = home.resolve("left.sock");
    bind(socket).close();
    assertThat(socket).exists();
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_SOCKET, socket.toString()))) {
      assertThat(ping(coffer)).isEqualTo("OK");
      assertThat(mode(socket)).isEqualTo("rw-------");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aSocketThatSomebodyListensOnIsLeftToHim() throws IOException {
    Path socket = home.resolve("live.sock");
    try (ServerSocketChannel other = bind(socket)) {
      assertThatThrownBy(
              () -> RunningCoffer.start(home, Map.of(Setting.DOCKER_SOCKET, socket.toString())))
          .isInstanceOf(Mistakes.class)
          .hasMessage("--docker-socket: another process listens on " + socket);
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        assertThat(client.isConnected()).isTrue();
      }
      assertThat(other.isOpen()).isTrue();
    }
    RunningCoffer.start(home).close();
  }

  @Test
  void aFileInThePlaceOfTheSocketIsLeftAlone() throws IOException {
    Path file = home.resolve("notes.txt");
    Files.writeString(file, "mine");
    assertThatThrownBy(
            () -> RunningCoffer.start(home, Map.of(Setting.DOCKER_SOCKET, file.toString())))
        .isInstanceOf(Mistakes.class)
        .hasMessage("--docker-socket: " + file + " is there and is no socket");
    assertThat(file).hasContent("mine");
    RunningCoffer.start(home).close();
  }

  @Test
  void theSocketHasTheModeAndTheGroupThatWereAskedFor() throws IOException {
    String group = Files.readAttributes(home, PosixFileAttributes.class).group().getName();
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home, Map.of(Setting.DOCKER_SOCKET_MODE, "0664", Setting.DOCKER_SOCKET_GROUP, group))) {
      Path socket = coffer.settings().dockerSocket();
      assertThat(mode(socket)).isEqualTo("rw-rw-r--");
      assertThat(
              Files.readAttributes(socket, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                  .group()
                  .getName())
          .isEqualTo(group);
      assertThat(ping(coffer)).isEqualTo("OK");
    }
    assertThat(home.resolve("data/docker.sock")).doesNotExist();
  }

  @Test
  void aPortThatIsTakenLeavesNothingOpen() {
    Path other = home.resolve("other");
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String taken = coffer.url().substring("https://".length());
      assertThatThrownBy(() -> RunningCoffer.start(other, Map.of(Setting.LISTEN, taken)))
          .isInstanceOf(Mistakes.class)
          .hasMessageStartingWith("--listen or --plaintext-listen: its address cannot");
      assertThat(create(coffer, "still-served").status()).isEqualTo(200);
    }
    assertThat(other.resolve("data/docker.sock")).doesNotExist();
    RunningCoffer.start(other).close();
  }

  @Test
  void aStartThatFailsAtTheEndLeavesNoDoorOpen() throws IOException {
    Path inTheWay = home.resolve("data/connect.properties");
    Files.createDirectories(inTheWay.resolve("x"));
    Path socket = home.resolve("data/docker.sock");
    assertThatThrownBy(() -> RunningCoffer.start(home)).isInstanceOf(RuntimeException.class);
    assertThat(socket).doesNotExist();
    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);
    RunningCoffer.start(home).close();
  }

  @Test
  void whatWasAnsweredBeforeACloseIsThereAfterIt() throws InterruptedException {
    Queue<String> answered = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(40);
    RunningCoffer coffer = RunningCoffer.start(home);
    String token = coffer.token();
    for (int client = 0; client < 8; client++) {
      int number = client;
      Rest rest = coffer.rest();
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; ; i++) {
                    Answer made = create(rest, token, coffer.folderId(), number + "-" + i);
                    if (made.status() != 200) {
                      return;
                    }
                    answered.add(made.member("secretId"));
                    busy.countDown();
                  }
                } catch (RuntimeException closed) {
                  busy.countDown();
                }
              }));
    }
    busy.await();
    coffer.close();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(32);
    try (RunningCoffer again = RunningCoffer.start(home)) {
      for (String id : answered) {
        assertThat(again.rest().get(SECRETS + "/" + id + "/payload", token).status())
            .isEqualTo(200);
      }
    }
  }

  private static Answer create(RunningCoffer coffer, String name) {
    return create(coffer.rest(), coffer.token(), coffer.folderId(), name);
  }

  private static Answer create(Rest rest, String token, String folder, String name) {
    return rest.post(
        SECRETS,
        token,
        """
        {"folderId":"%s","name":"%s","versionPayloadEntries":
          [{"key":"k","textValue":"value of %s"}]}\
        """
            .formatted(folder, name, name));
  }

  private static String ping(RunningCoffer coffer) {
    return Raw.ask(coffer.docker(), "GET /_ping", "", "").body();
  }

  private static Map<String, String> ids(RunningCoffer coffer) {
    return Map.of(
        "folder",
        coffer.folderId(),
        "docker folder",
        coffer.dockerFolderId(),
        "key",
        coffer.adminKey().id(),
        "account",
        coffer.adminKey().accountId());
  }

  private static ServerSocketChannel bind(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every file with what is in it and when it was last written. */
  private static Map<String, String> everything(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            file.toString(),
            Files.getLastModifiedTime(file)
                + " "
                + Arrays.hashCode(Files.readAllBytes(file))
                + " "
                + HexFormat.of().toHexDigits(Files.size(file)));
      }
    }
    return files;
  }
}
