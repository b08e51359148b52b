package io.coffer.server;

import io.coffer.crypto.tls.ServerIdentity;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the listeners prove themselves with. It may be changed while they serve: the next handshake
 * shows the new one, and connections that are open are not touched.
 */
final class ServedCertificate {
  /** Known by a number, since what is made of a key for TLS is kept by its name. */
  private record Served(long number, ServerIdentity identity) {
    String alias() {
      return "served-" + number;
    }
  }

  /** A handshake may be between choosing a certificate and taking it while it is changed. */
  private record Latest(Served now, Served before) {
    Optional<ServerIdentity> named(@Nullable String alias) {
      return now.alias().equals(alias)
          ? Optional.of(now.identity())
          : Optional.of(before).filter(it -> it.alias().equals(alias)).map(Served::identity);
    }
  }

  private volatile Latest latest;

  ServedCertificate(ServerIdentity first) {
    Served served = new Served(0, first);
    this.latest = new Latest(served, served);
  }

  /** From the next handshake on. */
  synchronized void serve(ServerIdentity identity) {
    Served now = latest.now();
    latest = new Latest(new Served(now.number() + 1, identity), now);
  }

  ServerIdentity served() {
    return latest.now().identity();
  }

  /** For as many listeners as want to show it. */
  KeyManagerFactory keyManagers() {
    KeyManager manager = new Manager();
    return new OpenSslCachingX509KeyManagerFactory(
        new SimpleKeyManagerFactory() {
          @Override
          protected void engineInit(KeyStore store, char[] password) {}

          @Override
          protected void engineInit(ManagerFactoryParameters parameters) {}

          @Override
          protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
          }
        });
  }

  private final class Manager extends X509ExtendedKeyManager {
    private @Nullable String choose(String type) {
      Served now = latest.now();
      return now.identity().key().getAlgorithm().equals(type) ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, SSLEngine engine) {
      return choose(type);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, Socket socket) {
      return choose(type);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return latest
          .named(alias)
          .map(identity -> identity.chain().toArray(X509Certificate[]::new))
          .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return latest.named(alias).map(ServerIdentity::key).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      String alias = choose(type);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null; // This side is the server.
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }
}
