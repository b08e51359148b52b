package io.coffer.testing;

import io.coffer.crypto.Pem;
import io.coffer.crypto.RsaKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** One RSA key pair for every world of this JVM: making one takes longer than most tests. */
public final class LoginKeys {
  @SuppressWarnings("MustBeClosedChecker") // Lives as long as the tests do.
  private static final RsaKeys KEYS = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048);

  private LoginKeys() {}

  public static String publicPem() {
    return KEYS.publicPem();
  }

  public static PrivateKey privateKey() {
    return privateKey(KEYS);
  }

  public static PrivateKey privateKey(RsaKeys keys) {
    byte[] der = keys.privatePem().lend(pem -> Pem.decode(Pem.PRIVATE_KEY, pem));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a key made here does not decode", e);
    }
  }
}
