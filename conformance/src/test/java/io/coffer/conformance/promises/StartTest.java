package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.Checkout;
import io.coffer.conformance.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: it finds a JDK that will do, and builds nothing that is built. */
class StartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path LAUNCHER = Checkout.find().root().resolve("coffer");

  @TempDir private Path directory;

  /** Runs {@code env WORDS coffer --version}, from elsewhere, where Maven is a trap. */
  private Command version(Path launcher, String... words) throws IOException {
    Path trap = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
    Files.writeString(trap, "#!/bin/sh\necho Maven was run >&2\nexit 9\n");
    assertThat(trap.toFile().setExecutable(true)).isTrue();
    List<String> all = new ArrayList<>(List.of("env"));
    all.addAll(List.of(words));
    all.addAll(List.of(launcher.toString(), "--version"));
    String path = trap.getParent() + File.pathSeparator + System.getenv("PATH");
    return Command.run(all, Map.of("PATH", path), directory, "", PATIENCE);
  }

  private static void assertRan(Command done) {
    assertThat(done.stdout()).startsWith("coffer ");
    assertThat(done.stderr()).isEmpty();
    assertThat(done.exit()).isZero();
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws IOException {
    assertRan(version(LAUNCHER));
  }

  @Test
  void findsAJdkWithoutBeingToldOfOne() throws IOException {
    assumeInUsualPlace();
    assertRan(version(LAUNCHER, "-u", "JAVA_HOME"));
  }

  @Test
  void passesOverAJdkThatIsTooOldOrNone() throws IOException {
    assumeInUsualPlace();
    assertRan(version(LAUNCHER, "JAVA_HOME=" + directory));
    Optional<Path> old = usualPlaces().filter(jdk -> release(jdk) < 25).findFirst();
    if (old.isEmpty()) {
      System.err.println("StartTest: no JDK older than 25 here to be passed over");
    } else {
      assertRan(version(LAUNCHER, "JAVA_HOME=" + old.get()));
    }
  }

  @Test
  void runsThroughALinkAsInABinDirectory() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("coffer"), LAUNCHER);
    assertRan(version(link));
    Path toLink = Files.createSymbolicLink(directory.resolve("again"), Path.of("coffer"));
    assertRan(version(toLink));
  }

  private static void assumeInUsualPlace() {
    boolean found = usualPlaces().anyMatch(jdk -> release(jdk) >= 25);
    if (!found) {
      System.err.println("StartTest: no JDK 25 in /usr/lib/jvm to be found");
    }
    assumeTrue(found, "no JDK 25 in /usr/lib/jvm");
  }

  private static Stream<Path> usualPlaces() {
    File[] places = new File("/usr/lib/jvm").listFiles();
    return Stream.of(places == null ? new File[0] : places)
        .map(File::toPath)
        .filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")));
  }

  private static int release(Path jdk) {
    try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*", "$1"))
          .map(Integer::valueOf)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
