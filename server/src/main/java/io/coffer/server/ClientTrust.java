package io.coffer.server;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes clients whom some authorities vouch for, by the platform's own rules, and does not name
 * the authorities in the handshake. Clients that are told them keep a certificate of any other to
 * themselves, and their users would hear of a missing token rather than of a wrong certificate.
 * Whom it believes may change; from then on it counts in handshakes.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  /** {@code X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY}, which ends as "unknown authority". */
  private static final int UNKNOWN_AUTHORITY = 20;

  private volatile X509ExtendedTrustManager platform;

  ClientTrust(ClientAuthorities authorities) {
    this.platform = platform(authorities);
  }

  /** Believes clients of these from now on, and of no others. */
  void trust(ClientAuthorities authorities) {
    platform = platform(authorities);
  }

  private static X509ExtendedTrustManager platform(ClientAuthorities authorities) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int next = 0;
      for (X509Certificate certificate : authorities.certificates()) {
        store.setCertificateEntry("authority-" + next++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new AssertionError("every JVM has PKIX"));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("every JVM has PKIX", e);
    }
  }

  /** With what clients are told: without it they hear of an internal error. */
  private static CertificateException said(CertificateException refusal) {
    return refusal.getCause() instanceof CertPathBuilderException
        ? new OpenSslCertificateException("unknown authority", refusal, UNKNOWN_AUTHORITY)
        : refusal;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    try {
      platform.checkClientTrusted(chain, type);
    } catch (CertificateException e) {
      throw said(e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      platform.checkClientTrusted(chain, type, socket);
    } catch (CertificateException e) {
      throw said(e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      platform.checkClientTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw said(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
