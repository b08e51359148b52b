package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate somebody else issued, as its clients find it. */
@Timeout(120)
final class GivenCertificateTest {
  @TempDir private Path home = Path.of("");

  private final CertificateAuthority site =
      CertificateAuthority.fresh("11111111-site", InstantSource.system(), new SeededEntropy(1));

  private Map<Setting, String> files(String name) throws IOException {
    Path certificate = home.resolve("tls.crt");
    Path key = home.resolve("tls.key");
    try (ServerCertificate issued = site.issue(List.of(name))) {
      Files.writeString(certificate, issued.chainPem());
      Files.write(key, issued.keyPem().lend(byte[]::clone));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
    return Map.of(
        Setting.TLS_CERT, certificate.toString(),
        Setting.TLS_KEY, key.toString(),
        Setting.DOCKER_LISTEN, "127.0.0.1:0");
  }

  @Test
  void whatClientsAreToldFitsWhatIsShown() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home, files("localhost"))) {
      assertThat(coffer.url()).startsWith("https://localhost:");
      assertThat(Files.readString(coffer.caCertificate())).isEqualTo(site.certificatePem());
      // By a login, whose audience is the name too, and by a client that checks the name.
      assertThat(
              coffer
                  .rest()
                  .get("/lockbox/v1/secrets?folderId=" + coffer.folderId(), coffer.token())
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void theAddressItListensOnIsToldWhereTheCertificateIsForIt() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home, files("127.0.0.1"))) {
      assertThat(coffer.url()).startsWith("https://127.0.0.1:");
      assertThat(coffer.dockerOverTls().get("/secrets", coffer.token()).status()).isEqualTo(200);
      // Certificates for clients are the built-in authority's still.
      ClientIdentity alice = ClientIdentity.issuedBy(coffer, "CN=alice");
      assertThat(
              coffer
                  .rest(alice)
                  .get("/lockbox/v1/secrets?folderId=" + coffer.folderId(), "")
                  .status())
          .isEqualTo(403);
    }
  }
}
