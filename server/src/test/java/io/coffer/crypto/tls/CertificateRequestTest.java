package io.coffer.crypto.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.crypto.Pem;
import io.coffer.crypto.SeededEntropy;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

final class CertificateRequestTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private static CertificateAuthority authority() {
    return CertificateAuthority.fresh("0123456789", InstantSource.fixed(NOW), new SeededEntropy(1));
  }

  private static String request(String subject, KeyPair named, KeyPair signing, String algorithm)
      throws Exception {
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), named.getPublic())
            .build(new JcaContentSignerBuilder(algorithm).build(signing.getPrivate()))
            .getEncoded();
    return Pem.text("CERTIFICATE REQUEST", Bytes.takeOver(der));
  }

  private static KeyPair pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  @Test
  void whatIsIssuedIsForThatSubjectAndForClientsOnly() throws Exception {
    try (CertificateRequest.Draft draft =
        CertificateRequest.draft(SubjectName.parse("CN=alice,O=team"))) {
      ClientCertificate issued =
          authority().issue(CertificateRequest.parse(draft.pem()), NOW, Duration.ofDays(90));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(issued.pem().getBytes(US_ASCII)));

      assertThat(SubjectName.of(certificate)).hasToString("CN=alice,O=team");
      assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
      assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
      assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(90)));
      assertThat(issued.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(90)));
      assertThat(certificate.getSerialNumber().toString(16)).isEqualTo(issued.serial());
      assertThat(draft.toString()).doesNotContain("PRIVATE");
    }
  }

  @Test
  void aCertificateDoesNotOutliveTheAuthority() {
    CertificateAuthority authority = authority();
    try (CertificateRequest.Draft draft = CertificateRequest.draft(SubjectName.parse("CN=alice"))) {
      assertThat(
              authority
                  .issue(
                      CertificateRequest.parse(draft.pem()),
                      NOW.plus(Duration.ofDays(3600)),
                      Duration.ofDays(825))
                  .notAfter())
          .isEqualTo(authority.notAfter());
    }
  }

  @Test
  void whatIsNotSignedByItsOwnKeyOrHasAWeakOneIsRefused() throws Exception {
    KeyPair one = pair("EC", 256);
    assertThat(CertificateRequest.parse(request("CN=a", one, one, "SHA256withECDSA")).subject())
        .hasToString("CN=a");
    KeyPair rsa = pair("RSA", 2048);
    assertThat(CertificateRequest.parse(request("CN=a", rsa, rsa, "SHA256withRSA"))).isNotNull();

    assertRefused(
        request("CN=a", one, pair("EC", 256), "SHA256withECDSA"), "is not signed by its own key");
    KeyPair weak = pair("RSA", 1024);
    assertRefused(request("CN=a", weak, weak, "SHA256withRSA"), "2048 to 8192 bits");
    assertRefused(request("CN=" + "a".repeat(98), one, one, "SHA256withECDSA"), "1 to 100");
    assertRefused("", "must be a PKCS#10 request in PEM");
    assertRefused(
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "must be a PKCS#10 request in PEM");
  }

  private static void assertRefused(String pem, String words) {
    assertThatThrownBy(() -> CertificateRequest.parse(pem))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining(words);
  }
}
