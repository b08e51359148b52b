package io.coffer.crypto.tls;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.TamperedException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate authority of one store's own: ECDSA P-256, ten years. It issues certificates for
 * this server's names and for clients, and neither is good for the other; keys are drawn by the
 * system's generator.
 */
public final class CertificateAuthority {
  static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  static final Duration SERVER_LIFE = Duration.ofDays(397); // Browsers refuse what lives longer.

  private static final int SHORT_ID_LENGTH = 8;

  private final X509CertificateHolder certificate;
  private final PrivateKey key;
  private final InstantSource clock;
  private final Entropy entropy;

  private CertificateAuthority(
      X509CertificateHolder certificate, PrivateKey key, InstantSource clock, Entropy entropy) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
    this.entropy = entropy;
  }

  /**
   * A new authority, "Coffer local CA" and the first eight characters of the store's id.
   *
   * @param entropy for serial numbers, here and in what it issues
   */
  public static CertificateAuthority fresh(String storeId, InstantSource clock, Entropy entropy) {
    KeyPair pair = Certificates.freshPair();
    X500Name name =
        Certificates.commonName("Coffer local CA " + storeId.substring(0, SHORT_ID_LENGTH));
    return new CertificateAuthority(
        Certificates.selfSigned(name, pair, life(clock.instant(), AUTHORITY_LIFE), entropy),
        pair.getPrivate(),
        clock,
        entropy);
  }

  /** Its private key and its certificate, both PEM; the caller must close it. */
  @MustBeClosed
  public SecretBytes encode() {
    byte[] der = key.getEncoded();
    byte[] keyPem = Pem.encode(Pem.PRIVATE_KEY, der);
    byte[] certificatePem = Pem.encode(Pem.CERTIFICATE, Certificates.encoded(certificate).shared());
    byte[] both = Arrays.copyOf(keyPem, keyPem.length + certificatePem.length);
    System.arraycopy(certificatePem, 0, both, keyPem.length, certificatePem.length);
    Arrays.fill(der, (byte) 0);
    Arrays.fill(keyPem, (byte) 0);
    return SecretBytes.takeOver(both);
  }

  /**
   * The authority that {@link #encode} wrote.
   *
   * @throws TamperedException if it is something else
   */
  public static CertificateAuthority decode(
      SecretBytes encoded, InstantSource clock, Entropy entropy) {
    return encoded.lend(pem -> {
      byte[] der = Pem.decode(Pem.PRIVATE_KEY, pem);
      try {
        return new CertificateAuthority(
            new X509CertificateHolder(Certificate.getInstance(Pem.decode(Pem.CERTIFICATE, pem))),
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
            clock,
            entropy);
      } catch (GeneralSecurityException | IllegalArgumentException _) {
        throw new TamperedException("not a certificate authority of ours");
      } finally {
        Arrays.fill(der, (byte) 0);
      }
    });
  }

  /** What clients trust: {@code BEGIN CERTIFICATE}. */
  public String certificatePem() {
    return Pem.text(Pem.CERTIFICATE, Certificates.encoded(certificate));
  }

  /** Its name, DER. */
  public Bytes subject() {
    return Bytes.takeOver(Certificates.javas(certificate).getSubjectX500Principal().getEncoded());
  }

  /** SubjectPublicKeyInfo, DER. */
  public Bytes publicKey() {
    return Bytes.takeOver(Certificates.javas(certificate).getPublicKey().getEncoded());
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * A certificate for a server, with a key of its own, for 397 days or as long as the authority
   * lives; the caller must close it.
   *
   * @param names DNS names and IP addresses, v4 or v6 without brackets, at least one; the first is
   *     its common name too
   */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The record closes what it is made of.
  public ServerCertificate issue(List<String> names) {
    KeyPair pair = Certificates.freshPair();
    Certificates.Life life = life(clock.instant(), SERVER_LIFE).upTo(notAfter());
    X509CertificateHolder issued =
        Certificates.forServer(certificate, key, names, pair.getPublic(), life, entropy);
    byte[] der = pair.getPrivate().getEncoded();
    try {
      return new ServerCertificate(
          Pem.text(Pem.CERTIFICATE, Certificates.encoded(issued)) + certificatePem(),
          SecretBytes.takeOver(Pem.encode(Pem.PRIVATE_KEY, der)),
          issued.getNotAfter().toInstant());
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * A certificate for a client, for {@code length} or as long as the authority lives.
   *
   * @param now when it was asked for
   */
  public ClientCertificate issue(CertificateRequest request, Instant now, Duration length) {
    X509CertificateHolder issued =
        Certificates.forClient(
            certificate, key, request, life(now, length).upTo(notAfter()), entropy);
    return new ClientCertificate(
        Pem.text(Pem.CERTIFICATE, Certificates.encoded(issued)),
        request.subject(),
        issued.getSerialNumber().toString(16),
        issued.getNotAfter().toInstant());
  }

  private static Certificates.Life life(Instant now, Duration length) {
    return new Certificates.Life(now.minus(Certificates.CLOCK_SKEW), now.plus(length));
  }

  @Override
  public String toString() {
    return "CertificateAuthority[" + certificate.getSubject() + "]";
  }
}
