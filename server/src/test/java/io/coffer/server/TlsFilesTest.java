package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.Bytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.ServerIdentity;
import io.coffer.crypto.tls.SubjectName;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a certificate and a key in files, in words. */
final class TlsFilesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir private Path home = Path.of("");

  private final CertificateAuthority site =
      CertificateAuthority.fresh("11111111-site", () -> NOW, new SeededEntropy(1));
  private Path certificate = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void write() throws IOException {
    certificate = home.resolve("tls.crt");
    key = home.resolve("tls.key");
    try (ServerCertificate issued = site.issue(List.of("coffer.example.org", "192.0.2.7"))) {
      writeChain(issued.chainPem());
      writeKey(issued.keyPem().lend(pem -> new String(pem, StandardCharsets.US_ASCII)));
    }
  }

  private void writeChain(String pem) throws IOException {
    Files.writeString(certificate, pem);
  }

  private void writeKey(String pem) throws IOException {
    Files.writeString(key, pem);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
  }

  private ServerIdentity read() {
    return new TlsFiles(certificate, key).read(NOW);
  }

  private List<String> mistakes() {
    return mistakes(NOW);
  }

  private List<String> mistakes(Instant at) {
    return catchThrowableOfType(Mistakes.class, () -> new TlsFiles(certificate, key).read(at))
        .sentences();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TlsFilesTest.class.getResourceAsStream("/tls/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aPairThatFitsIsForItsNames() {
    ServerIdentity identity = read();
    assertThat(identity.chain()).hasSize(2);
    assertThat(identity.trustPem()).isEqualTo(site.certificatePem());
    assertThat(identity.isFor("Coffer.Example.Org")).isTrue();
    assertThat(identity.isFor("192.0.2.7")).isTrue();
    assertThat(identity.isFor("127.0.0.1")).isFalse();
    assertThat(identity.isFor("example.org")).isFalse();
    assertThat(identity.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aStarIsForOneLabelAndAnAddressForEverySpellingOfIt() throws IOException {
    try (ServerCertificate issued = site.issue(List.of("*.example.org", "2001:db8::1"))) {
      ServerIdentity identity = ServerIdentity.of(issued);
      assertThat(identity.isFor("a.example.org")).isTrue();
      assertThat(identity.isFor("a.b.example.org")).isFalse();
      assertThat(identity.isFor("example.org")).isFalse();
      assertThat(identity.isFor("2001:db8:0:0:0:0:0:1")).isTrue();
      assertThat(identity.isFor("2001:db8::2")).isFalse();
    }
  }

  @Test
  void filesThatCannotBeReadAreBothTold() {
    certificate = home.resolve("none");
    key = home.resolve("none");
    assertThat(mistakes())
        .containsExactly("--tls-cert: cannot be read", "--tls-key: cannot be read");
  }

  @Test
  void whatIsNotPemIsTold() throws IOException {
    writeChain("hush");
    writeKey("hush");
    assertThat(mistakes())
        .containsExactly(
            "--tls-cert: must hold certificates in PEM",
            "--tls-key: must hold a private key in PEM, of RSA or EC");
    writeChain("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    writeKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(mistakes())
        .containsExactly(
            "--tls-cert: must hold certificates in PEM",
            "--tls-key: must hold a private key in PEM, of RSA or EC");
  }

  @Test
  void aFileOfAMebibyteIsReadAndOneByteMoreIsNot() throws IOException {
    String pem = Files.readString(certificate);
    String filled = pem + "\n".repeat(TlsFiles.FILE_MAX - pem.length());
    writeChain(filled);
    assertThat(read().chain()).hasSize(2);
    writeChain(filled + "\n");
    assertThat(mistakes()).containsExactly("--tls-cert: must be at most 1 MiB long");
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws IOException {
    for (String mode : List.of("rw-r--r--", "rw-rw----", "rw----r--")) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
      assertThat(mistakes())
          .containsExactly("--tls-key: must not be open to others: at most mode 0640");
    }
  }

  @Test
  void anEncryptedKeyIsRefusedInEitherForm() throws IOException {
    for (String name : List.of("ec-encrypted.pem", "ec-encrypted-traditional.pem")) {
      writeKey(resource(name));
      assertThat(mistakes())
          .containsExactly(
              "--tls-key: must not be encrypted: nobody is there to ask for its password");
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedInTheFormOlderToolsWriteToo() throws IOException {
    writeKey(resource("ec-sec1.pem"));
    assertThat(mistakes()).containsExactly("--tls-key: is not the key of the certificate");
  }

  @Test
  void aCertificateIsRefusedBeforeAndAfterItsTime() {
    Instant ends = read().notAfter();
    assertThat(new TlsFiles(certificate, key).read(ends).notAfter()).isEqualTo(ends);
    assertThat(mistakes(ends.plusSeconds(1))).containsExactly("--tls-cert: has expired");
    assertThat(mistakes(NOW.minus(Duration.ofDays(1))))
        .containsExactly("--tls-cert: is not valid yet");
  }

  @Test
  void aChainInAnotherOrderIsRefused() throws IOException {
    String both = Files.readString(certificate);
    int second = both.indexOf("-----BEGIN", 1);
    writeChain(both.substring(second) + both.substring(0, second));
    assertThat(mistakes())
        .containsExactly(
            "--tls-cert: must hold the server's certificate first, and after each the one that"
                + " issued it");
    CertificateAuthority other =
        CertificateAuthority.fresh("22222222-other", () -> NOW, new SeededEntropy(2));
    writeChain(both.substring(0, second) + other.certificatePem());
    assertThat(mistakes()).hasSize(1).first().asString().contains("after each the one that");
    writeChain(both.substring(0, second));
    assertThat(read().chain()).hasSize(1);
  }

  @Test
  void aClientsCertificateIsNotShown() throws IOException {
    try (CertificateRequest.Draft draft = CertificateRequest.draft(SubjectName.parse("CN=a"))) {
      writeChain(site.issue(CertificateRequest.parse(draft.pem()), NOW, Duration.ofDays(1)).pem());
      writeKey(draft.keyPem().lend(pem -> new String(pem, StandardCharsets.US_ASCII)));
    }
    assertThat(mistakes()).containsExactly("--tls-cert: must be a certificate for servers");
  }

  @Test
  void anRsaKeyIsTakenFrom2048BitsOn() throws Exception {
    ofRsa(2048);
    assertThat(read().key().getAlgorithm()).isEqualTo("RSA");
    ofRsa(1024);
    assertThat(mistakes())
        .containsExactly(
            "--tls-cert: must be of a key of RSA, 2048 to 8192 bits, or of EC, 256 bits or more");
  }

  /** Signed by itself, and its key in the form that older tools write. */
  private void ofRsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=coffer.example.org");
    byte[] der =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW),
                Date.from(NOW.plus(Duration.ofDays(1))),
                name,
                pair.getPublic())
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "coffer.example.org")))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
            .getEncoded();
    writeChain(Pem.text(Pem.CERTIFICATE, Bytes.copyOf(der)));
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    writeKey(Pem.text("RSA PRIVATE KEY", Bytes.copyOf(pkcs1)));
  }

  @Test
  void oneWithoutTheOtherMeansNothingAndMistakesAreToldWithAllOthers() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.put(Setting.LISTEN, "nowhere");
    given.put(Setting.TLS_CERT, certificate.toString());
    assertThat(settingsMistakes(given))
        .containsExactly(
            "--listen: must be HOST:PORT",
            "--tls-cert and --tls-key: one means nothing without the other");
    given.put(Setting.TLS_KEY, home.resolve("none").toString());
    given.put(Setting.CLIENT_AUTH, "always");
    given.put(Setting.CLIENT_CA, home.resolve("none").toString());
    assertThat(settingsMistakes(given))
        .containsExactly(
            "--listen: must be HOST:PORT",
            "--tls-key: cannot be read",
            "--client-ca: cannot be read",
            "--client-auth: must be optional or required");
  }

  private List<String> settingsMistakes(Map<Setting, String> given) {
    return catchThrowableOfType(
            Mistakes.class,
            () -> Settings.parse(given, Defaults.of(Map.of("HOME", home.toString())), () -> NOW))
        .sentences();
  }
}
