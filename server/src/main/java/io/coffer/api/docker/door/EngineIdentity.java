package io.coffer.api.docker.door;

import io.coffer.Bytes;
import io.coffer.api.docker.wire.EngineView;
import io.coffer.crypto.Digest;
import io.coffer.crypto.tls.CertificateAuthority;
import java.time.Instant;
import java.util.Base64;

/**
 * What the engine that clients see is called. Its ids are drawn from the store's, so that they last
 * as long as the store; its certificate authority is the store's own.
 */
public final class EngineIdentity {
  /** An engine of API 1.51, and that it is us. */
  static final String VERSION = "28.5.0-coffer";

  private static final int ID_LENGTH = 25;
  private static final int TOKEN_DIGEST_LENGTH = 50;

  private EngineIdentity() {}

  /**
   * The engine of one store.
   *
   * @param since when the store was founded
   */
  public static EngineView of(String storeId, Instant since, CertificateAuthority authority) {
    return new EngineView(
        VERSION,
        drawn("engine", storeId, ID_LENGTH),
        "coffer",
        drawn("node", storeId, ID_LENGTH),
        drawn("cluster", storeId, ID_LENGTH),
        since,
        machine(),
        new EngineView.Trust(
            authority.certificatePem(), base64(authority.subject()), base64(authority.publicKey())),
        new EngineView.JoinTokens(joinToken("worker", storeId), joinToken("manager", storeId)));
  }

  private static EngineView.Machine machine() {
    String architecture = System.getProperty("os.arch", "amd64");
    return new EngineView.Machine(
        architecture.equals("amd64") ? "x86_64" : architecture,
        architecture.equals("aarch64") ? "arm64" : architecture,
        System.getProperty("os.version", ""),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory());
  }

  /** Of the form clients expect. It opens nothing: there is nothing to join. */
  private static String joinToken(String role, String storeId) {
    return "SWMTKN-1-"
        + drawn("join", storeId, TOKEN_DIGEST_LENGTH)
        + "-"
        + drawn("join " + role, storeId, ID_LENGTH);
  }

  private static String drawn(String what, String storeId, int length) {
    return Digest.sha256(Bytes.utf8(what + "\0" + storeId)).hex().substring(0, length);
  }

  private static String base64(Bytes der) {
    return Base64.getEncoder().encodeToString(der.shared());
  }
}
