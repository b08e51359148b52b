package io.coffer.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The authorities whose client certificates count; at least one. */
public record ClientAuthorities(List<X509Certificate> certificates) {
  public ClientAuthorities {
    certificates = List.copyOf(certificates);
  }

  /** Reads a file; throws {@link IllegalArgumentException} with the rule that is broken. */
  static ClientAuthorities read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return read(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read");
    }
  }

  static ClientAuthorities of(String pem) {
    return read(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static ClientAuthorities read(InputStream pem) {
    List<X509Certificate> authorities = new ArrayList<>();
    try {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        if (!(each instanceof X509Certificate certificate)
            || certificate.getBasicConstraints() < 0) {
          throw new IllegalArgumentException("must hold certificates of authorities only");
        }
        authorities.add(certificate);
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException("must hold certificates in PEM");
    }
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("must hold a certificate in PEM");
    }
    return new ClientAuthorities(authorities);
  }
}
