package io.coffer.server;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.crypto.tls.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A certificate with its chain and its key, in files that somebody else keeps fresh. */
record TlsFiles(Path certificate, Path key) {
  static final int FILE_MAX = 1 << 20;

  private static final Set<PosixFilePermission> TOO_OPEN =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Throws {@link Mistakes}, each named by its option. */
  ServerIdentity read(Instant now) {
    List<String> mistakes = new ArrayList<>();
    Optional<List<X509Certificate>> chain =
        attempt(
            ServerIdentity.CHAIN, () -> ServerIdentity.chain(bytes(certificate), now), mistakes);
    Optional<PrivateKey> secret = attempt(ServerIdentity.KEY, this::readKey, mistakes);
    if (chain.isPresent() && secret.isPresent()) {
      Optional<ServerIdentity> both =
          attempt(
              ServerIdentity.KEY, () -> new ServerIdentity(chain.get(), secret.get()), mistakes);
      if (both.isPresent()) {
        return both.get();
      }
    }
    throw new Mistakes(mistakes);
  }

  private PrivateKey readKey() throws IOException {
    if (Files.getPosixFilePermissions(key).stream().anyMatch(TOO_OPEN::contains)) {
      throw new IllegalArgumentException("must not be open to others: at most mode 0640");
    }
    byte[] pem = bytes(key);
    try {
      return ServerIdentity.key(pem);
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_MAX + 1);
      if (bytes.length > FILE_MAX) {
        throw new IllegalArgumentException("must be at most 1 MiB long");
      }
      return bytes;
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> Optional<T> attempt(String option, Reading<T> reading, List<String> mistakes) {
    try {
      return Optional.of(reading.read());
    } catch (IOException e) {
      mistakes.add("--" + option + ": cannot be read");
    } catch (IllegalArgumentException e) {
      mistakes.add("--" + option + ": " + e.getMessage());
    } catch (CofferException e) {
      if (!(e.problem() instanceof Problem.Invalid(var field, var rule))) {
        throw e;
      }
      mistakes.add("--" + field + ": " + rule);
    }
    return Optional.empty();
  }
}
