package io.coffer.server;

import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A certificate and its key, as a client shows them. */
public record ClientIdentity(String certificatePem, String keyPem) {
  public static ClientIdentity of(String certificatePem, SecretBytes keyPem) {
    return new ClientIdentity(
        certificatePem, keyPem.lend(pem -> new String(pem, StandardCharsets.US_ASCII)));
  }

  KeyManager[] managers() {
    try {
      byte[] der = Pem.decode(Pem.PRIVATE_KEY, keyPem.getBytes(StandardCharsets.US_ASCII));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "client",
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
          new char[0],
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)))
              .toArray(Certificate[]::new));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      return managers.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
