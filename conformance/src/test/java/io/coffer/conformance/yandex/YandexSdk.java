package io.coffer.conformance.yandex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.conformance.Checkout;
import io.coffer.conformance.ClientEnvironment;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The SDK in a JVM of its own, since it reads from the JVM's settings whom to trust, and needs
 * libraries that nothing here has. What can be asked is in {@code conformance/yandex-sdk}.
 */
public final class YandexSdk implements AutoCloseable {
  private static final String MAIN = "io.coffer.yandexsdk.SdkProgram";
  private static final String TRUST_PASSWORD = "changeit";

  private final Process process;
  private final BufferedReader answers;
  private final Path errors;

  private YandexSdk(Process process, Path errors) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.errors = errors;
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
    Path errors = Files.createTempFile(directory, "sdk", ".log");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(properties);
    words.addAll(List.of("-cp", module.resolve("classes") + File.pathSeparator + libraries, MAIN));
    words.add(environment.url().getAuthority());
    words.add(environment.keyFile().toString());
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    return new YandexSdk(process, errors);
  }

  /** Sends a line of words and returns those of the answer. */
  public List<String> ask(String... words) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((String.join("\t", words) + "\n").getBytes(UTF_8));
      out.flush();
      // A login that fails can leave the SDK waiting for ever, whatever deadline it was given.
      Optional<String> line = CompletableFuture.supplyAsync(this::line).get(60, TimeUnit.SECONDS);
      return Arrays.asList(
          line.orElseThrow(() -> new AssertionError("the SDK has ended:\n" + said()))
              .split("\t", -1));
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("the SDK did not answer " + words[0] + ":\n" + said(), e);
    } catch (ExecutionException e) {
      throw new AssertionError("the SDK cannot be read:\n" + said(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (IOException e) {
      throw new AssertionError("the SDK does not listen:\n" + said(), e);
    }
  }

  private Optional<String> line() {
    try {
      return Optional.ofNullable(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the program printed to its standard error. */
  String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    process.destroyForcibly();
  }
}
