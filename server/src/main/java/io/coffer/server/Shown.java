package io.coffer.server;

import io.coffer.crypto.tls.ServerIdentity;

/**
 * What the TLS listeners of a process show, and whom they believe: it outlives the store's being
 * open, and {@link TlsUpkeep} looks after it while the store is.
 */
record Shown(
    ServedCertificate served,
    ClientTrust apiClients,
    ClientTrust dockerClients,
    boolean clientRequired) {

  static Shown of(Settings settings, ServerIdentity first, ClientAuthorities unlessGiven) {
    TlsSettings tls = settings.tls();
    return new Shown(
        new ServedCertificate(first),
        new ClientTrust(tls.clientCa().map(AuthoritiesFile::read).orElse(unlessGiven)),
        new ClientTrust(
            tls.dockerClientCa().or(tls::clientCa).map(AuthoritiesFile::read).orElse(unlessGiven)),
        tls.clientRequired());
  }

  Handshakes api() {
    return new Handshakes(served, apiClients, clientRequired);
  }

  Handshakes docker() {
    return new Handshakes(served, dockerClients, clientRequired);
  }
}
