package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.crypto.tls.SubjectName;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Callers who proved in the handshake that they hold the key of a certificate. That an authority we
 * trust signed it is the handshake's business; that it is for clients, and still valid now that the
 * connection may be hours old, is ours.
 */
public final class TlsCallers {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private TlsCallers() {}

  /**
   * Who shook hands, or nobody if no certificate was shown; throws {@link Problem.Unauthenticated}
   * for one that names nobody here.
   */
  public static Optional<Caller> of(Optional<SSLSession> session, Instant now) {
    return session.flatMap(shaken -> of(shaken, now));
  }

  private static Optional<Caller> of(SSLSession session, Instant now) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? Optional.of(caller(certificate, now))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  static Caller caller(X509Certificate certificate, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())
        || now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new Problem.Unauthenticated("The client certificate is not valid now.").asException();
    }
    if (!isForClients(certificate)) {
      throw new Problem.Unauthenticated("The certificate is not one for clients.").asException();
    }
    String name = name(certificate);
    return new Caller(new Subject(Subject.Type.CERTIFICATE, name), name, Caller.Via.CERTIFICATE);
  }

  /** Said to be, or not said to be for anything. */
  private static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return certificate.getBasicConstraints() < 0 && (uses == null || uses.contains(CLIENT_AUTH));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static String name(X509Certificate certificate) {
    try {
      return SubjectName.of(certificate).value();
    } catch (CofferException e) {
      throw new Problem.Unauthenticated(
              "The client certificate's subject must be 1 to 100 characters in the form of RFC"
                  + " 2253.")
          .asException();
    }
  }
}
