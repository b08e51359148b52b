package io.coffer.conformance.yandex;

import io.coffer.conformance.Checkout;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.LineProgram;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;

/**
 * The Java SDK in a JVM of its own, since it reads from the JVM's settings whom to trust, and needs
 * libraries that nothing here has. What can be asked is in {@code conformance/yandex-sdk}.
 */
public final class YandexSdk {
  private static final String MAIN = "io.coffer.yandexsdk.SdkProgram";
  private static final String TRUST_PASSWORD = "changeit";

  private YandexSdk() {}

  /**
   * Logs in with the administrator's key file and trusts the server's own authority. {@code
   * directory} takes a trust store and a log.
   */
  public static LockboxProgram start(ClientEnvironment environment, Path directory)
      throws IOException {
    return start(
        environment, environment.caCertificate(), environment.keyFile().toString(), directory);
  }

  /**
   * Logs in with {@code credential}, a key file, a token or an API key, and trusts {@code
   * authority} only.
   */
  static LockboxProgram start(
      ClientEnvironment environment, Path authority, String credential, Path directory)
      throws IOException {
    Path trust = Files.createTempFile(directory, "trust", ".p12");
    storeTrust(authority, trust);
    Path module = Checkout.find().root().resolve("conformance/yandex-sdk/target");
    String libraries = Files.readString(module.resolve("class-path.txt")).strip();
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djavax.net.ssl.trustStore=" + trust,
            "-Djavax.net.ssl.trustStorePassword=" + TRUST_PASSWORD,
            "-cp",
            module.resolve("classes") + File.pathSeparator + libraries,
            MAIN,
            environment.url().getAuthority(),
            credential);
    // An answer may never come: a login that fails can leave the SDK waiting, whatever its
    // deadline.
    return new LockboxProgram(LineProgram.start("the Java SDK", words, Map.of(), directory));
  }

  private static void storeTrust(Path authority, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(authority);
        OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "coffer", CertificateFactory.getInstance("X.509").generateCertificate(in));
      store.store(out, TRUST_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a trust store of one certificate", e);
    }
  }
}
