package io.coffer.crypto.tls;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.Problem;
import io.coffer.crypto.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** The certificates there are, extension by extension. */
final class Certificates {
  /** How far a client's clock may be behind ours. */
  static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final Pattern DNS_NAME = Pattern.compile("(\\*\\.)?[A-Za-z0-9._-]{1,253}");
  private static final int SERIAL_LENGTH = 16;
  private static final int COMMON_NAME_MAX = 64; // RFC 5280, ub-common-name.

  private Certificates() {}

  record Life(Instant from, Instant to) {
    Life upTo(Instant end) {
      return new Life(from, to.isBefore(end) ? to : end);
    }
  }

  static KeyPair freshPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JVM has P-256", e);
    }
  }

  static X500Name commonName(String name) {
    return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
  }

  static X509CertificateHolder selfSigned(X500Name name, KeyPair pair, Life life, Entropy entropy) {
    Draft draft = new Draft(name, name, pair.getPublic(), life, entropy);
    draft.critical(Extension.basicConstraints, new BasicConstraints(0));
    draft.critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    draft.plain(
        Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(pair.getPublic()));
    return draft.signedBy(pair.getPrivate());
  }

  static X509CertificateHolder forServer(
      X509CertificateHolder authority,
      PrivateKey authorityKey,
      List<String> names,
      PublicKey key,
      Life life,
      Entropy entropy) {
    Draft draft = new Draft(authority.getSubject(), subject(names), key, life, entropy);
    draft.plain(Extension.subjectAlternativeName, alternatives(names));
    draft.leaf(authority, key, KeyPurposeId.id_kp_serverAuth);
    return draft.signedBy(authorityKey);
  }

  static X509CertificateHolder forClient(
      X509CertificateHolder authority,
      PrivateKey authorityKey,
      CertificateRequest request,
      Life life,
      Entropy entropy) {
    Draft draft = new Draft(authority.getSubject(), request.name(), request.key(), life, entropy);
    draft.leaf(authority, request.key(), KeyPurposeId.id_kp_clientAuth);
    return draft.signedBy(authorityKey);
  }

  private static X500Name subject(List<String> names) {
    String first = names.getFirst();
    return commonName(first.length() <= COMMON_NAME_MAX ? first : "Coffer");
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream().distinct().map(Certificates::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(String name) {
    if (IPAddress.isValid(name)) {
      return new GeneralName(GeneralName.iPAddress, name);
    }
    if (!DNS_NAME.matcher(name).matches()) {
      throw new Problem.Invalid("names", "must be DNS names or IP addresses").asException();
    }
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static JcaX509ExtensionUtils identifiers() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(
          "every JVM has SHA-1, which names keys here and protects nothing", e);
    }
  }

  static Bytes encoded(X509CertificateHolder certificate) {
    try {
      return Bytes.takeOver(javas(certificate).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that cannot be encoded", e);
    }
  }

  /** The same certificate, as the platform has it. */
  static X509Certificate javas(X509CertificateHolder certificate) {
    try {
      return new JcaX509CertificateConverter().getCertificate(certificate);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that cannot be encoded", e);
    }
  }

  static String pem(X509Certificate certificate) {
    try {
      return Pem.text(Pem.CERTIFICATE, Bytes.takeOver(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that cannot be encoded", e);
    }
  }

  /** A certificate that is not signed yet. */
  private static final class Draft {
    private final JcaX509v3CertificateBuilder builder;

    Draft(X500Name issuer, X500Name subject, PublicKey key, Life life, Entropy entropy) {
      builder =
          new JcaX509v3CertificateBuilder(
              issuer, serial(entropy), Date.from(life.from()), Date.from(life.to()), subject, key);
    }

    /** Positive, and never so short that two could meet. */
    private static BigInteger serial(Entropy entropy) {
      byte[] drawn = entropy.bytes(SERIAL_LENGTH);
      drawn[0] = (byte) ((drawn[0] & 0x3f) | 0x40);
      return new BigInteger(drawn);
    }

    /** Signs handshakes, for one side of them, and nothing else. */
    void leaf(X509CertificateHolder authority, PublicKey key, KeyPurposeId side) {
      critical(Extension.basicConstraints, new BasicConstraints(false));
      critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
      plain(Extension.extendedKeyUsage, new ExtendedKeyUsage(side));
      plain(Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(key));
      plain(
          Extension.authorityKeyIdentifier, identifiers().createAuthorityKeyIdentifier(authority));
    }

    void critical(ASN1ObjectIdentifier id, ASN1Encodable content) {
      add(id, true, content);
    }

    void plain(ASN1ObjectIdentifier id, ASN1Encodable content) {
      add(id, false, content);
    }

    private void add(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable content) {
      try {
        builder.addExtension(id, critical, content);
      } catch (CertIOException e) {
        throw new AssertionError("an extension that cannot be encoded", e);
      }
    }

    X509CertificateHolder signedBy(PrivateKey key) {
      try {
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
      } catch (OperatorCreationException e) {
        throw new AssertionError("every JVM has ECDSA", e);
      }
    }
  }
}
