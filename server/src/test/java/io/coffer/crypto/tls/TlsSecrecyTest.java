package io.coffer.crypto.tls;

import io.coffer.SecretBytes;
import io.coffer.crypto.SecrecyContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class TlsSecrecyTest extends SecrecyContract {
  @Override
  protected void tryAll() {
    CertificateAuthority authority =
        CertificateAuthority.fresh(
            "0123456789abcdef", InstantSource.fixed(Instant.EPOCH), FORESEEN);
    try (SecretBytes encoded = authority.encode()) {
      say(authority, encoded);
    }
    try (ServerCertificate issued = authority.issue(List.of("localhost"))) {
      say(issued, issued.keyPem());
    }
    say(new Certificates.Life(Instant.EPOCH, Instant.EPOCH));
  }
}
