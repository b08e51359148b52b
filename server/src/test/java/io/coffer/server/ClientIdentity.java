package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.SubjectName;
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

  /** Made by the server's own authority, as {@code coffer client-certificate} has it made. */
  public static ClientIdentity issuedBy(RunningCoffer coffer, String subject) {
    try (CertificateRequest.Draft draft = CertificateRequest.draft(SubjectName.parse(subject))) {
      Answer answer =
          coffer
              .rest()
              .post(
                  "/coffer/v1/clientCertificates",
                  coffer.token(),
                  "{\"certificateRequest\":\"%s\",\"days\":1}"
                      .formatted(draft.pem().replace("\n", "\\n")));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return of(
          answer.member("certificate").replace("\\n", "\n").replace("\\u003d", "="),
          draft.keyPem());
    }
  }

  public KeyManager[] managers() {
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
