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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The SDK in a JVM of its own, since it reads from the JVM's settings whom to trust, and needs
 * libraries that nothing here has. What can be asked is in {@code conformance/yandex-sdk}.
 */
public final class YandexSdk implements AutoCloseable {
  private static final String MAIN = "io.coffer.yandexsdk.SdkProgram";
  private static final String TRUST_PASSWORD = "changeit";

  private final LineProgram program;

  private YandexSdk(LineProgram program) {
    this.program = program;
  }

  /** Trusts the server's own authority. {@code directory} takes a trust store and a log. */
  public static YandexSdk start(ClientEnvironment environment, Path directory) throws IOException {
    Path trust = Files.createTempFile(directory, "trust", ".p12");
    storeTrust(environment.caCertificate(), trust);
    return start(
        environment,
        directory,
        List.of(
            "-Djavax.net.ssl.trustStore=" + trust,
            "-Djavax.net.ssl.trustStorePassword=" + TRUST_PASSWORD));
  }

  /** Trusts whom a JVM trusts that is told nothing. */
  static YandexSdk startWithoutTrust(ClientEnvironment environment, Path directory)
      throws IOException {
    return start(environment, directory, List.of());
  }

  private static YandexSdk start(
      ClientEnvironment environment, Path directory, List<String> properties) throws IOException {
    Path module = Checkout.find().root().resolve("conformance/yandex-sdk/target");
    String libraries = Files.readString(module.resolve("class-path.txt")).strip();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(properties);
    words.addAll(List.of("-cp", module.resolve("classes") + File.pathSeparator + libraries, MAIN));
    words.add(environment.url().getAuthority());
    words.add(environment.keyFile().toString());
    return new YandexSdk(LineProgram.start("the SDK", words, Map.of(), directory));
  }

  /** Sends a line of words and returns those of the answer. */
  public List<String> ask(String... words) {
    // Which may never come: a login that fails can leave the SDK waiting, whatever its deadline.
    return Arrays.asList(program.ask(String.join("\t", words)).split("\t", -1));
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

  @Override
  public void close() {
    program.close();
  }
}
