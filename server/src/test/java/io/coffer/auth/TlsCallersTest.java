package io.coffer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

final class TlsCallersTest {
  private static final Instant FROM = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofDays(1));

  private static X509Certificate certificate(
      String subject, boolean authority, KeyPurposeId... uses) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=authority"),
            BigInteger.ONE,
            Date.from(FROM),
            Date.from(TO),
            new X500Principal(subject),
            pair.getPublic());
    if (authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    if (uses.length > 0) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  @Test
  void theSubjectIsTheCaller() throws Exception {
    Caller caller = TlsCallers.caller(certificate("O=team, CN=alice", false), TO);
    assertThat(caller.subject())
        .isEqualTo(new Subject(Subject.Type.CERTIFICATE, "O=team,CN=alice"));
    assertThat(caller.via()).isEqualTo(Caller.Via.CERTIFICATE);
    assertThat(
            TlsCallers.caller(certificate("CN=a", false, KeyPurposeId.id_kp_clientAuth), FROM)
                .name())
        .isEqualTo("CN=a");
  }

  @Test
  void oneForSomethingElseIsNobody() throws Exception {
    assertRefused(certificate("CN=a", false, KeyPurposeId.id_kp_serverAuth), FROM, "for clients");
    assertRefused(
        certificate("CN=a", false, KeyPurposeId.anyExtendedKeyUsage), FROM, "for clients");
    assertRefused(certificate("CN=a", true), FROM, "for clients");
  }

  @Test
  void oneThatIsNotValidYetOrAnyMoreIsNobody() throws Exception {
    X509Certificate certificate = certificate("CN=a", false);
    assertRefused(certificate, TO.plusSeconds(1), "not valid now");
    assertRefused(certificate, FROM.minusSeconds(1), "not valid now");
  }

  @Test
  void oneWithoutANameThatFitsIsNobody() throws Exception {
    assertRefused(certificate("", false), FROM, "subject must be 1 to 100 characters");
    assertRefused(
        certificate("CN=" + "a".repeat(98), false), FROM, "subject must be 1 to 100 characters");
  }

  @Test
  void aConnectionWithoutTlsIsNobodys() {
    assertThat(TlsCallers.of(Optional.empty(), FROM)).isEmpty();
  }

  private static void assertRefused(X509Certificate certificate, Instant at, String words) {
    assertThatThrownBy(() -> TlsCallers.caller(certificate, at))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining(words);
  }
}
