package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import io.coffer.CofferException;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.api.docker.plugin.PluginAddress;
import io.coffer.api.docker.plugin.PluginAddress.Socket;
import io.coffer.api.docker.plugin.PluginAddress.Tcp;
import io.coffer.api.docker.plugin.PluginAddress.Tls;
import io.coffer.api.docker.plugin.PluginName;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.testing.FakePlugin;
import io.coffer.testing.SimWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where plugins are found, and what connects to them. */
@Timeout(60)
final class PluginFilesTest {
  private static final PluginName VAULT = new PluginName("vault");

  @TempDir private Path home;

  private Path file(String path, String content) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Optional<PluginAddress> find(PluginPath path) {
    try (PluginFiles files = new PluginFiles(path)) {
      return files.find(VAULT);
    }
  }

  @Test
  void theOrderIsThatOfEngines() throws IOException {
    PluginPath path =
        new PluginPath(
            List.of(home.resolve("run")), List.of(home.resolve("etc"), home.resolve("lib")));
    List<PluginAddress> found = new ArrayList<>();
    List<Path> places = new ArrayList<>();
    int port = 1;
    try (FakePlugin first = FakePlugin.onSocket(home.resolve("run/vault.sock"));
        FakePlugin second = FakePlugin.onSocket(home.resolve("run/vault/vault.sock"))) {
      assertThat(first.asked()).isEqualTo(second.asked());
      places.add(home.resolve("run/vault.sock"));
      places.add(home.resolve("run/vault/vault.sock"));
      for (String directory : List.of("etc/", "lib/")) {
        for (String name : List.of("vault", "vault/vault")) {
          places.add(file(directory + name + ".spec", "tcp://h:" + port++));
        }
        for (String name : List.of("vault", "vault/vault")) {
          places.add(file(directory + name + ".json", "{\"Addr\":\"tcp://h:" + port++ + "\"}"));
        }
      }
      for (Path place : places) {
        found.add(find(path).orElseThrow());
        Files.delete(place);
      }
    }
    assertThat(find(path)).isEmpty();
    List<PluginAddress> expected = new ArrayList<>();
    expected.add(new Socket(places.get(0).toString()));
    expected.add(new Socket(places.get(1).toString()));
    for (int each = 1; each < port; each++) {
      expected.add(new Tcp("h", each, Optional.empty()));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aSocketIsFoundThroughALinkAndWhatIsNoSocketIsNot() throws IOException {
    PluginPath path = PluginPath.only(home.resolve("run"));
    file("run/vault.sock", "");
    assertThat(find(path)).isEmpty();
    Files.delete(home.resolve("run/vault.sock"));
    try (FakePlugin plugin = FakePlugin.onSocket(home.resolve("elsewhere.sock"))) {
      Files.createSymbolicLink(home.resolve("run/vault.sock"), home.resolve("elsewhere.sock"));
      assertThat(find(path)).contains(new Socket(home.resolve("run/vault.sock").toString()));
      assertThat(plugin.asked()).isEmpty();
    }
  }

  @Test
  void everyFormOfAnAddressIsUnderstood() {
    assertThat(PluginAddress.ofSpec(" unix:///a b.sock\n")).isEmpty();
    assertThat(PluginAddress.ofSpec(" unix:///a/b.sock\n")).contains(new Socket("/a/b.sock"));
    assertThat(PluginAddress.ofSpec("TCP://h:1")).contains(new Tcp("h", 1, Optional.empty()));
    assertThat(PluginAddress.ofSpec("http://[::1]")).contains(new Tcp("::1", 80, Optional.empty()));
    assertThat(PluginAddress.ofSpec("https://h/x"))
        .contains(new Tcp("h", 443, Optional.of(new Tls("", "", "", false))));
    String json =
        "{\"Name\":\"x\",\"Addr\":\"https://h:1\",\"TLSConfig\":{\"InsecureSkipVerify\":true,"
            + "\"CAFile\":\"/ca\",\"CertFile\":\"/cert\",\"KeyFile\":\"/key\",\"MinVersion\":771}}";
    assertThat(PluginAddress.ofJson(json.getBytes(StandardCharsets.UTF_8)))
        .contains(new Tcp("h", 1, Optional.of(new Tls("/ca", "/cert", "/key", true))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vault",
        "unix:",
        "unix://host/x",
        "unix:x",
        "tcp://",
        "tcp:///x",
        "ftp://h:1",
        "tcp://a b"
      })
  void whatIsNoAddressIsToldSo(String spec) throws IOException {
    file("vault.spec", spec);
    assertUnusable(PluginPath.only(home));
    Files.delete(home.resolve("vault.spec"));
    file("vault.json", "{\"Addr\":\"" + spec + "\"}");
    assertUnusable(PluginPath.only(home));
    file("vault.json", "{\"Addr\":");
    assertUnusable(PluginPath.only(home));
  }

  @Test
  void aFileOfMoreThanItsLimitIsNotRead() throws IOException {
    file("vault.spec", "tcp://h:1" + " ".repeat(PluginFiles.FILE_BYTES_MAX - "tcp://h:1".length()));
    assertThat(find(PluginPath.only(home))).isPresent();
    file("vault.spec", "tcp://h:1" + " ".repeat(PluginFiles.FILE_BYTES_MAX));
    assertUnusable(PluginPath.only(home));
  }

  private void assertUnusable(PluginPath path) {
    CofferException refusal = catchThrowableOfType(CofferException.class, () -> find(path));
    assertThat(refusal.problem())
        .isEqualTo(new Problem.DriverFailed("vault", DriverTrouble.MISCONFIGURED));
  }

  @Test
  void whoIsTrustedIsWhomTheFileNames() throws IOException {
    try (SimWorld world = SimWorld.of(3)) {
      CertificateAuthority ours =
          CertificateAuthority.fresh("11111111-1111", java.time.Clock.systemUTC(), world.entropy());
      CertificateAuthority other =
          CertificateAuthority.fresh("22222222-2222", java.time.Clock.systemUTC(), world.entropy());
      String ca = file("ca.pem", pem(ours)).toString();
      String otherCa = file("other.pem", pem(other)).toString();
      try (ServerCertificate certificate = ours.issue(List.of("127.0.0.1"));
          Server server =
              Server.builder()
                  .https(0)
                  .tls(pair(certificate))
                  .service("/", (_, _) -> HttpResponse.of("here"))
                  .build();
          PluginFiles files = new PluginFiles(PluginPath.only(home))) {
        server.start().join();
        int port = server.activeLocalPort();
        assertThat(ask(files, port, new Tls(ca, "", "", false))).isEqualTo("here");
        assertThat(ask(files, port, new Tls("", "", "", true))).isEqualTo("here");
        assertThat(ask(files, port, new Tls(otherCa, "", "", true))).isEqualTo("here");
        assertThat(ask(files, port, new Tls(otherCa, "", "", false))).isEqualTo("refused");
        assertThat(ask(files, port, new Tls("", "", "", false))).isEqualTo("refused");
        for (Tls unreadable :
            List.of(
                new Tls(home.resolve("none.pem").toString(), "", "", false),
                new Tls(ca, ca, home.resolve("none.pem").toString(), false),
                new Tls(ca, ca, ca, false))) {
          CofferException refusal =
              catchThrowableOfType(CofferException.class, () -> ask(files, port, unreadable));
          assertThat(refusal.problem())
              .isEqualTo(new Problem.DriverFailed("vault", DriverTrouble.MISCONFIGURED));
        }
      }
    }
  }

  private static String pem(CertificateAuthority authority) {
    return authority.certificatePem();
  }

  private static TlsKeyPair pair(ServerCertificate certificate) {
    byte[] chain = certificate.chainPem().getBytes(StandardCharsets.US_ASCII);
    return certificate
        .keyPem()
        .lend(key -> TlsKeyPair.of(new ByteArrayInputStream(key), new ByteArrayInputStream(chain)));
  }

  private static String ask(PluginFiles files, int port, Tls tls) {
    try {
      AggregatedHttpResponse answer =
          files
              .client(VAULT, new Tcp("127.0.0.1", port, Optional.of(tls)))
              .get("/")
              .aggregate()
              .join();
      return answer.contentUtf8();
    } catch (CompletionException notConnected) {
      return "refused";
    }
  }

  @Test
  void anOrdinaryUserLooksWhereARootlessEngineDoes() {
    assertThat(PluginPath.ofUser(Optional.of(Path.of("/r")), Path.of("/c"), Path.of("/h")))
        .isEqualTo(
            new PluginPath(
                List.of(Path.of("/r/docker/plugins"), Path.of("/run/docker/plugins")),
                List.of(Path.of("/c/docker/plugins"), Path.of("/h/.local/lib/docker/plugins"))));
    assertThat(PluginPath.OF_ROOT.sockets()).containsExactly(Path.of("/run/docker/plugins"));
    assertThat(PluginPath.OF_ROOT.files())
        .containsExactly(Path.of("/etc/docker/plugins"), Path.of("/usr/lib/docker/plugins"));
  }
}
