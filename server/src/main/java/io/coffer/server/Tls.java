package io.coffer.server;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.core.Keyspace;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.ServerIdentity;
import io.coffer.engine.Engine;
import io.coffer.engine.Row;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The store's own certificate authority, made on the first start and kept sealed in the store. */
final class Tls {
  static final String CA_FILE = "ca.pem";

  private final CertificateAuthority authority;

  private Tls(CertificateAuthority authority) {
    this.authority = authority;
  }

  static Tls of(Engine engine, String storeId, InstantSource clock, Entropy entropy) {
    Optional<Row> row = engine.read(tx -> tx.get(Keyspace.certificateAuthority()));
    if (row.isPresent()) {
      try (SecretBytes encoded = SecretBytes.takeOver(row.get().value().toByteArray())) {
        return new Tls(CertificateAuthority.decode(encoded, clock, entropy));
      }
    }
    CertificateAuthority fresh = CertificateAuthority.fresh(storeId, clock, entropy);
    try (SecretBytes encoded = fresh.encode()) {
      Bytes value = encoded.lend(Bytes::copyOf);
      engine
          .write(tx -> {
            tx.put(Keyspace.certificateAuthority(), value);
            return true;
          })
          .toCompletableFuture()
          .join();
    }
    return new Tls(fresh);
  }

  /** Puts the certificate that clients are to trust where they can read it. */
  Path publish(Path dataDir) {
    return publish(dataDir, authority.certificatePem());
  }

  static Path publish(Path dataDir, String pem) {
    Path file = dataDir.resolve(CA_FILE);
    OwnerFile.write(file, pem);
    return file;
  }

  CertificateAuthority authority() {
    return authority;
  }

  /** Whose client certificates count if nobody says otherwise: our own. */
  ClientAuthorities clientAuthorities() {
    return ClientAuthorities.of(authority.certificatePem());
  }

  /** A new certificate with a new key, for every name the server may be called by. */
  ServerIdentity issue(Settings settings) {
    try (ServerCertificate issued = authority.issue(new ArrayList<>(names(settings)))) {
      return ServerIdentity.of(issued);
    }
  }

  /** The names and addresses that clients may reach this server by. */
  static Set<String> names(Settings settings) {
    Set<String> names = new LinkedHashSet<>();
    settings.advertise().ifPresent(address -> names.add(address.host()));
    Stream.concat(Stream.of(settings.listen()), settings.dockerListen().stream())
        .filter(address -> !address.isWildcard())
        .map(Address::host)
        .forEach(names::add);
    names.addAll(List.of("localhost", "iam.localhost", "127.0.0.1", "::1"));
    names.add(machineName());
    return names;
  }

  /** What this machine calls itself; {@code localhost} if it has no name of its own. */
  static String machineName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
