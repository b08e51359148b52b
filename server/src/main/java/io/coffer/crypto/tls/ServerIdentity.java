package io.coffer.crypto.tls;

import io.coffer.Bytes;
import io.coffer.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * What a TLS server proves itself with: a chain, its own certificate first, and the key of that.
 * Having one means that the two fit each other.
 *
 * <p>What is wrong with files is a {@link Problem.Invalid} of {@link #CHAIN} or {@link #KEY}.
 */
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
  public static final String CHAIN = "tls-cert";
  public static final String KEY = "tls-key";

  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final int DNS_NAME = 2; // RFC 5280, GeneralName.
  private static final int IP_ADDRESS = 7;

  public ServerIdentity {
    chain = List.copyOf(chain);
    if (!fits(key, chain.getFirst())) {
      throw chain.stream().skip(1).anyMatch(other -> fits(key, other))
          ? disordered()
          : new Problem.Invalid(KEY, "is not the key of the certificate").asException();
    }
  }

  /** One that an authority of ours issued. */
  public static ServerIdentity of(ServerCertificate issued) {
    return new ServerIdentity(
        certificates(issued.chainPem().getBytes(StandardCharsets.US_ASCII)),
        issued.keyPem().lend(ServerIdentity::key));
  }

  /** Reads a chain that may be shown at {@code now}. */
  public static List<X509Certificate> chain(byte[] pem, Instant now) {
    List<X509Certificate> chain = certificates(pem);
    X509Certificate own = chain.getFirst();
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!issued(chain.get(i + 1), chain.get(i))) {
        throw disordered();
      }
    }
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw invalid("has expired");
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw invalid("is not valid yet");
    }
    if (!isForServers(own)) {
      throw invalid("must be a certificate for servers");
    }
    if (!CertificateRequest.isWorthCertifying(own.getPublicKey())) {
      throw invalid("must be of a key of RSA, 2048 to 8192 bits, or of EC, 256 bits or more");
    }
    return chain;
  }

  /** Reads a key that nothing guards: PKCS#8, or as older tools write RSA and EC. */
  public static PrivateKey key(byte[] pem) {
    try (PEMParser parser = parser(pem)) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        switch (block) {
          case PrivateKeyInfo info -> {
            return java(info);
          }
          case PEMKeyPair pair -> {
            return java(pair.getPrivateKeyInfo());
          }
          case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
              throw new Problem.Invalid(
                      KEY, "must not be encrypted: nobody is there to ask for its password")
                  .asException();
          default -> {} // Certificates and parameters of curves may stand in the same file.
        }
      }
    } catch (IOException | GeneralSecurityException _) {
      throw noKey();
    }
    throw noKey();
  }

  private static PrivateKey java(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    String name;
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      name = "RSA";
    } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      name = "EC";
    } else {
      throw noKey();
    }
    byte[] der = info.getEncoded();
    try {
      return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(der));
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private static List<X509Certificate> certificates(byte[] pem) {
    List<X509Certificate> found = new ArrayList<>();
    try (PEMParser parser = parser(pem)) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        if (block instanceof X509CertificateHolder certificate) {
          found.add(Certificates.javas(certificate));
        }
      }
    } catch (IOException _) {
      throw noCertificate();
    }
    if (found.isEmpty()) {
      throw noCertificate();
    }
    return found;
  }

  private static PEMParser parser(byte[] pem) {
    return new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)));
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static boolean isForServers(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses == null || uses.contains(SERVER_AUTH);
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    byte[] words = "whose key is it".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature sign = Signature.getInstance("SHA256with" + (isRsa(key) ? "RSA" : "ECDSA"));
      sign.initSign(key);
      sign.update(words);
      byte[] signature = sign.sign();
      sign.initVerify(certificate.getPublicKey());
      sign.update(words);
      return sign.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static boolean isRsa(PrivateKey key) {
    return key.getAlgorithm().equals("RSA");
  }

  private static RuntimeException invalid(
      @com.google.errorprone.annotations.CompileTimeConstant String rule) {
    return new Problem.Invalid(CHAIN, rule).asException();
  }

  private static RuntimeException noCertificate() {
    return invalid("must hold certificates in PEM");
  }

  private static RuntimeException disordered() {
    return invalid(
        "must hold the server's certificate first, and after each the one that issued it");
  }

  private static RuntimeException noKey() {
    return new Problem.Invalid(KEY, "must hold a private key in PEM, of RSA or EC").asException();
  }

  public Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** What is nearest to the root of what the server shows, for clients to trust: PEM. */
  public String trustPem() {
    return Certificates.pem(chain.getLast());
  }

  /** The names and addresses that the certificate is for; a name may begin with {@code *.}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = chain.getFirst().getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> each : alternatives) {
          if (each.get(0) instanceof Integer type
              && (type == DNS_NAME || type == IP_ADDRESS)
              && each.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
    } catch (CertificateParsingException _) {
      return List.of();
    }
    return names;
  }

  /** Whether a client that calls this {@code host} is shown its name. */
  public boolean isFor(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    return names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name ->
            name.startsWith("*.")
                ? asked.indexOf('.') > 0
                    && asked.substring(asked.indexOf('.')).equals(name.substring(1))
                : name.equals(asked) || isSameAddress(name, asked));
  }

  private static boolean isSameAddress(String one, String other) {
    return one.indexOf(':') >= 0 && other.indexOf(':') >= 0 && literal(one).equals(literal(other));
  }

  /** An address of version 6 has many spellings; one with a colon is never looked up. */
  private static Bytes literal(String address) {
    try {
      return Bytes.takeOver(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException _) {
      return Bytes.utf8(address);
    }
  }

  @Override
  public String toString() {
    return "ServerIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
