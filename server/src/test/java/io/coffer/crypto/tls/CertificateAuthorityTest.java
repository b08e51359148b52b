package io.coffer.crypto.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TamperedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String STORE_ID = "0123456789abcdef0123456789abcdef";
  private static final List<String> NAMES =
      List.of("localhost", "iam.localhost", "127.0.0.1", "::1", "localhost");

  private static CertificateAuthority authority(InstantSource clock) {
    return CertificateAuthority.fresh(STORE_ID, clock, new SeededEntropy(1));
  }

  private static List<X509Certificate> certificates(String pem) throws Exception {
    Collection<? extends Certificate> read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    List<X509Certificate> all = new ArrayList<>();
    read.forEach(each -> all.add((X509Certificate) each));
    return all;
  }

  @Test
  void theAuthorityIsOneAndLivesTenYears() throws Exception {
    CertificateAuthority authority = authority(InstantSource.fixed(NOW));
    X509Certificate certificate = certificates(authority.certificatePem()).getFirst();

    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=Coffer local CA 01234567");
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getBasicConstraints()).isZero(); // An authority, with none below it.
    assertThat(certificate.getKeyUsage())
        .containsExactly(false, false, false, false, false, true, true, false, false);
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19");
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(Duration.ofHours(1)));
    assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
    assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void aServerCertificateIsForTheNamesGivenAndForServersOnly() throws Exception {
    CertificateAuthority authority = authority(InstantSource.fixed(NOW));
    try (ServerCertificate issued = authority.issue(NAMES)) {
      List<X509Certificate> chain = certificates(issued.chainPem());
      X509Certificate certificate = chain.getFirst();

      assertThat(chain).hasSize(2);
      assertThat(chain.getLast()).isEqualTo(certificates(authority.certificatePem()).getFirst());
      certificate.verify(chain.getLast().getPublicKey());
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
      assertThat(certificate.getSubjectAlternativeNames())
          .containsExactlyInAnyOrder(
              List.of(2, "localhost"),
              List.of(2, "iam.localhost"),
              List.of(7, "127.0.0.1"),
              List.of(7, "0:0:0:0:0:0:0:1"));
      assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
      assertThat(certificate.getBasicConstraints()).isEqualTo(-1); // No authority.
      assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(397)));
      assertThat(issued.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(397)));
    }
  }

  @Test
  void aServerCertificateDoesNotOutliveTheAuthority() {
    CertificateAuthority young = authority(InstantSource.fixed(NOW));
    try (SecretBytes encoded = young.encode()) {
      InstantSource late = InstantSource.fixed(NOW.plus(Duration.ofDays(3600)));
      CertificateAuthority old = CertificateAuthority.decode(encoded, late, new SeededEntropy(2));

      try (ServerCertificate issued = old.issue(NAMES)) {
        assertThat(issued.notAfter()).isEqualTo(young.notAfter());
      }
    }
  }

  @Test
  void twoCertificatesHaveTheirOwnSerialsAndKeys() throws Exception {
    CertificateAuthority authority = authority(InstantSource.fixed(NOW));
    try (ServerCertificate one = authority.issue(NAMES);
        ServerCertificate other = authority.issue(NAMES)) {
      X509Certificate first = certificates(one.chainPem()).getFirst();
      X509Certificate second = certificates(other.chainPem()).getFirst();

      assertThat(first.getSerialNumber()).isNotEqualTo(second.getSerialNumber());
      assertThat(first.getPublicKey()).isNotEqualTo(second.getPublicKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "übung", "[::1]", "https://localhost", "fe80::1%lo"})
  @SuppressWarnings("MustBeClosedChecker") // There is nothing to close if it throws.
  void whatIsNoNameIsRefused(String name) {
    CertificateAuthority authority = authority(InstantSource.fixed(NOW));

    assertThatThrownBy(() -> authority.issue(List.of("localhost", name)))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("must be DNS names or IP addresses");
  }

  @Test
  void anAuthorityIsTheSameAfterItWasKept() throws Exception {
    CertificateAuthority made = authority(InstantSource.fixed(NOW));
    try (SecretBytes encoded = made.encode()) {
      CertificateAuthority kept =
          CertificateAuthority.decode(encoded, InstantSource.fixed(NOW), new SeededEntropy(2));

      assertThat(kept.certificatePem()).isEqualTo(made.certificatePem());
      try (ServerCertificate issued = kept.issue(NAMES)) {
        X509Certificate trusted = certificates(made.certificatePem()).getFirst();
        certificates(issued.chainPem()).getFirst().verify(trusted.getPublicKey());
      }
    }
  }

  @Test
  void whatIsNoAuthorityIsRefused() {
    String keyOnly = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    String garbage = keyOnly + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (String text : List.of("", keyOnly, garbage)) {
      try (SecretBytes encoded = SecretBytes.takeOver(text.getBytes(US_ASCII))) {
        assertThatThrownBy(() ->
                CertificateAuthority.decode(
                    encoded, InstantSource.fixed(NOW), new SeededEntropy(2)))
            .isInstanceOf(TamperedException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "iam.localhost", "127.0.0.1", "::1"})
  void aClientThatTrustsTheAuthorityBelievesTheServer(String name) throws Exception {
    CertificateAuthority authority = authority(InstantSource.system());

    assertThat(handshake(authority, authority, name)).startsWith("TLSv1.3");
  }

  @Test
  void aClientBelievesNoOtherNameAndNoOtherAuthority() {
    CertificateAuthority authority = authority(InstantSource.system());
    CertificateAuthority other = authority(InstantSource.system());

    assertThatThrownBy(() -> handshake(authority, authority, "example.org"))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> handshake(authority, authority, "127.0.0.2"))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> handshake(authority, other, "localhost"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  /** The protocol on which a server on this machine and a client that calls it so agree. */
  private static String handshake(
      CertificateAuthority issuing, CertificateAuthority trusted, String name) throws Exception {
    try (SSLServerSocket listening =
            (SSLServerSocket)
                serverContext(issuing)
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket()) {
      Thread server = Thread.ofVirtual().start(() -> acceptOne(listening));
      plain.connect(listening.getLocalSocketAddress());
      try (SSLSocket client =
          (SSLSocket)
              clientContext(trusted)
                  .getSocketFactory()
                  .createSocket(plain, name, listening.getLocalPort(), true)) {
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        client.startHandshake();
        return client.getSession().getProtocol();
      } finally {
        server.join();
      }
    }
  }

  private static SSLContext serverContext(CertificateAuthority issuing) throws Exception {
    KeyStore keys = emptyStore();
    try (ServerCertificate issued = issuing.issue(NAMES)) {
      byte[] der = issued.keyPem().lend(pem -> Pem.decode(Pem.PRIVATE_KEY, pem));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      keys.setKeyEntry(
          "server",
          key,
          new char[0],
          certificates(issued.chainPem()).toArray(X509Certificate[]::new));
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext clientContext(CertificateAuthority trusted) throws Exception {
    KeyStore trust = emptyStore();
    trust.setCertificateEntry("ca", certificates(trusted.certificatePem()).getFirst());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void acceptOne(SSLServerSocket listening) {
    try (SSLSocket accepted = (SSLSocket) listening.accept()) {
      accepted.startHandshake();
    } catch (IOException _) {
      // The client says what was wrong.
    }
  }
}
