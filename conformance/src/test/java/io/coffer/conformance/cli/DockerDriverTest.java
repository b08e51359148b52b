package io.coffer.conformance.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.coffer.conformance.CofferProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The docker command and secrets whose values a plugin gives, which is found by a file. */
class DockerDriverTest {
  private static final String MANIFEST = "{\"Implements\": [\"secretprovider\"]}";

  @TempDir private static Path plugins;
  @AutoClose private static CofferProcess coffer;
  private static HttpServer vault;

  @BeforeAll
  static void start() throws IOException {
    DockerCommand.assumeFound(DockerDriverTest.class);
    vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext(
        "/Plugin.Activate",
        exchange -> {
          byte[] answer = MANIFEST.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    vault.start();
    Files.writeString(
        plugins.resolve("zzvault.spec"), "tcp://127.0.0.1:" + vault.getAddress().getPort());
    coffer = CofferProcess.start("--docker-plugin-dir", plugins.toString());
  }

  @AfterAll
  static void stop() {
    if (vault != null) {
      vault.stop(0);
    }
  }

  @TestFactory
  Stream<DynamicTest> printsWhatItPrintsElsewhere(@TempDir Path directory) throws IOException {
    DockerCli cli = new DockerCli(coffer.environment().dockerHost(), directory);
    return Transcript.read("/docker/cli-driver.txt").entries().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.line(), () -> assertThat(cli.differences(entry)).as(entry.line()).isEmpty()));
  }
}
