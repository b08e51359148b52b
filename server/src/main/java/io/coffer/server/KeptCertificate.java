package io.coffer.server;

import io.coffer.CofferException;
import io.coffer.SecretBytes;
import io.coffer.crypto.Pem;
import io.coffer.crypto.tls.ServerIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that clients saw last, and its key, for a start that cannot open the store: the
 * authority that would make another is in there. It lies where the administrator's key file does,
 * and not among the data: with it one can pass for this server until it expires, and no more.
 */
final class KeptCertificate {
  private static final Logger log = LoggerFactory.getLogger(KeptCertificate.class);

  private KeptCertificate() {}

  static Path file(Path keyFolder, String storeId) {
    return keyFolder.resolve("tls-" + storeId.substring(0, 8) + ".pem");
  }

  /** In its place, or told that it is not. */
  static void keep(Path keyFolder, String storeId, ServerIdentity identity) {
    Path file = file(keyFolder, storeId);
    try (SecretBytes content = SecretBytes.takeOver(pem(identity))) {
      OwnerFile.write(file, content);
    } catch (UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("file", file)
          .log("the certificate is not kept: a start that has to wait will show another");
    }
  }

  /** Not there any more, or told that it is. */
  static void drop(Path keyFolder, String storeId) {
    Path file = file(keyFolder, storeId);
    try {
      boolean _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", file).log("a certificate that is not needed is still kept");
    }
  }

  private static byte[] pem(ServerIdentity identity) {
    byte[] der = identity.key().getEncoded();
    byte[] key = Pem.encode(Pem.PRIVATE_KEY, der);
    Arrays.fill(der, (byte) 0);
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    try {
      for (X509Certificate certificate : identity.chain()) {
        chain.writeBytes(Pem.encode(Pem.CERTIFICATE, certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new AssertionError("a certificate that was decoded", e);
    }
    byte[] both = Arrays.copyOf(key, key.length + chain.size());
    Arrays.fill(key, (byte) 0);
    System.arraycopy(chain.toByteArray(), 0, both, both.length - chain.size(), chain.size());
    return both;
  }

  /** What was kept, if it is there and clients still believe it. */
  static Optional<ServerIdentity> read(Path keyFolder, String storeId, Instant now) {
    Path file = file(keyFolder, storeId);
    try {
      byte[] content = Files.readAllBytes(file);
      try {
        return Optional.of(
            new ServerIdentity(ServerIdentity.chain(content, now), ServerIdentity.key(content)));
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    } catch (IOException | CofferException e) {
      log.atInfo().addKeyValue("file", file).log("no certificate of an earlier start to show");
      return Optional.empty();
    }
  }
}
