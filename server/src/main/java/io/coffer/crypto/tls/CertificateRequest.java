package io.coffer.crypto.tls;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.TamperedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A wish for a certificate, PKCS#10. Having one means that whoever made it has the key, that the
 * key is worth certifying, and that the subject is a name for us. Extensions that it wishes for are
 * not looked at.
 */
public final class CertificateRequest {
  public static final int PEM_MAX = 16 << 10;

  private static final String LABEL = "CERTIFICATE REQUEST";
  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;
  private static final int EC_BITS_MIN = 256;

  private final SubjectName subject;
  private final X500Name name;
  private final PublicKey key;

  private CertificateRequest(SubjectName subject, X500Name name, PublicKey key) {
    this.subject = subject;
    this.name = name;
    this.key = key;
  }

  public SubjectName subject() {
    return subject;
  }

  X500Name name() {
    return name;
  }

  PublicKey key() {
    return key;
  }

  /**
   * A new key, P-256, and the request that goes with it.
   *
   * @param pem {@code BEGIN CERTIFICATE REQUEST}
   * @param keyPem PKCS#8, {@code BEGIN PRIVATE KEY}, in ASCII
   */
  public record Draft(String pem, SecretBytes keyPem) implements AutoCloseable {
    @Override
    public void close() {
      keyPem.close();
    }
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The record closes what it is made of.
  public static Draft draft(SubjectName subject) {
    KeyPair pair = Certificates.freshPair();
    byte[] der = pair.getPrivate().getEncoded();
    try {
      byte[] request =
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal(subject.value()), pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Draft(
          Pem.text(LABEL, Bytes.takeOver(request)),
          SecretBytes.takeOver(Pem.encode(Pem.PRIVATE_KEY, der)));
    } catch (OperatorCreationException | IOException e) {
      throw new AssertionError("every JVM has ECDSA", e);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /** Reads one; throws {@link Problem.Invalid} with the rule that is broken. */
  public static CertificateRequest parse(String pem) {
    try {
      JcaPKCS10CertificationRequest request =
          new JcaPKCS10CertificationRequest(
              Pem.decode(LABEL, pem.getBytes(StandardCharsets.US_ASCII)));
      PublicKey key = request.getPublicKey();
      if (!isWorthCertifying(key)) {
        throw invalid("its key must be of RSA, 2048 to 8192 bits, or of EC, 256 bits or more");
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw invalid("is not signed by its own key");
      }
      X500Name name = request.getSubject();
      return new CertificateRequest(
          SubjectName.of(new X500Principal(name.getEncoded())), name, key);
    } catch (TamperedException
        | IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException e) {
      throw invalid("must be a PKCS#10 request in PEM");
    }
  }

  static boolean isWorthCertifying(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= RSA_BITS_MIN
              && rsa.getModulus().bitLength() <= RSA_BITS_MAX;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS_MIN;
      default -> false;
    };
  }

  private static RuntimeException invalid(
      @com.google.errorprone.annotations.CompileTimeConstant String rule) {
    return new Problem.Invalid("certificate_request", rule).asException();
  }
}
