package io.coffer.server;

import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a listener shakes hands: TLS 1.3, or 1.2 with forward secrecy and authenticated ciphers. A
 * client certificate is asked for; one that nobody vouches for whom {@code clients} trusts, that is
 * expired or for something else, ends the handshake.
 *
 * @param required whether a client without a certificate is let in at all
 */
record Handshakes(ServedCertificate certificate, ClientTrust clients, boolean required) {
  static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Those of TLS 1.3, and of 1.2 those that HTTP/2 does not forbid: ECDHE with an AEAD. */
  static final List<String> CIPHERS =
      Stream.concat(
              Stream.of(
                  "TLS_AES_128_GCM_SHA256",
                  "TLS_AES_256_GCM_SHA384",
                  "TLS_CHACHA20_POLY1305_SHA256"),
              Http2SecurityUtil.CIPHERS.stream().filter(name -> name.startsWith("TLS_ECDHE_")))
          .distinct()
          .toList();

  /** The shortest there is: a session that is resumed shows nobody's certificate to be judged. */
  private static final long SESSION_SECONDS = 1;

  void applyTo(ServerBuilder server) {
    server.tls(certificate.keyManagers()).tlsCustomizer(this::customize);
  }

  private void customize(SslContextBuilder tls) {
    tls.protocols(PROTOCOLS)
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .sessionTimeout(SESSION_SECONDS)
        .clientAuth(required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
        .trustManager(clients);
  }
}
