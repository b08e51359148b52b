package io.coffer.server;

import java.util.Optional;

/**
 * What was asked for of TLS.
 *
 * @param files what the listeners show, if not what the built-in authority issued
 * @param clientCa whose client certificates count, if not the built-in authority's
 * @param dockerClientCa the same at the Docker door, if it is to differ
 * @param clientRequired whether nobody is let in without a certificate
 */
record TlsSettings(
    Optional<TlsFiles> files,
    Optional<AuthoritiesFile> clientCa,
    Optional<AuthoritiesFile> dockerClientCa,
    boolean clientRequired) {}
