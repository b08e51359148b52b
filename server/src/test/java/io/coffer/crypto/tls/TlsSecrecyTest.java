package io.coffer.crypto.tls;

import io.coffer.SecretBytes;
import io.coffer.crypto.SecrecyContract;
import java.time.Duration;
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
      say(ServerIdentity.of(issued), issued.keyPem());
    }
    SubjectName alice = new SubjectName("CN=alice");
    say(alice);
    try (CertificateRequest.Draft draft = CertificateRequest.draft(alice)) {
      say(draft, draft.keyPem());
      CertificateRequest request = CertificateRequest.parse(draft.pem());
      say(authority.issue(request, Instant.EPOCH, Duration.ofDays(1)), draft.keyPem());
    }
    say(new Certificates.Life(Instant.EPOCH, Instant.EPOCH));
  }
}
