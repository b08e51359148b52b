package io.coffer.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.Checkout;
import io.coffer.conformance.Command;
import io.coffer.conformance.cases.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Libraries of Node.js, installed below the build's own directory as their lock file says. */
public final class Npm {
  private static final Duration LOOK_MAX = Duration.ofSeconds(30);
  private static final Duration INSTALL_MAX = Duration.ofMinutes(3);

  private Npm() {}

  /**
   * The directory with the files of {@code resource} and what they need. Skips the test, and says
   * so, where there is no Node.js or the libraries cannot be had.
   */
  public static Path assumeInstalled(Class<?> test, String resource, String program)
      throws IOException {
    Path home =
        Files.createDirectories(
            Checkout.find().root().resolve("conformance/target/npm").resolve(resource));
    Command found = sh("command -v node && command -v npm", home, Map.of(), LOOK_MAX);
    assume(test, found.exit() == 0, "no node and npm on PATH");
    for (String file : List.of("package.json", "package-lock.json", program)) {
      Files.write(
          home.resolve(file), Corpus.text("/clients/" + resource + "/" + file).getBytes(UTF_8));
    }
    if (!isInstalled(home)) {
      // Where to install from is the machine's business, and may be set in the environment.
      Command install =
          sh(
              "npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json installed.json",
              home,
              System.getenv(),
              INSTALL_MAX);
      assume(test, install.exit() == 0, "npm cannot install: " + install.stderr().strip());
    }
    return home;
  }

  /** A download is not repeated for the same lock file. */
  private static boolean isInstalled(Path home) throws IOException {
    Path installed = home.resolve("installed.json");
    return Files.exists(installed)
        && Files.mismatch(installed, home.resolve("package-lock.json")) < 0;
  }

  private static void assume(Class<?> test, boolean holds, String otherwise) {
    if (!holds) {
      System.err.println(test.getSimpleName() + " skipped: " + otherwise);
    }
    assumeTrue(holds, otherwise);
  }

  private static Command sh(
      String line, Path directory, Map<String, String> environment, Duration patience) {
    return Command.run(List.of("sh", "-c", line), environment, directory, "", patience);
  }
}
