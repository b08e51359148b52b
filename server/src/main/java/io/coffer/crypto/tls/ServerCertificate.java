package io.coffer.crypto.tls;

import io.coffer.SecretBytes;
import java.time.Instant;

/**
 * What a TLS server shows, and the key it proves it with.
 *
 * @param chainPem its certificate and then the authority's, {@code BEGIN CERTIFICATE} twice
 * @param keyPem PKCS#8, {@code BEGIN PRIVATE KEY}, in ASCII
 * @param notAfter when clients stop believing it
 */
public record ServerCertificate(String chainPem, SecretBytes keyPem, Instant notAfter)
    implements AutoCloseable {
  @Override
  public void close() {
    keyPem.close();
  }
}
