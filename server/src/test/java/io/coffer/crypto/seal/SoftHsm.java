package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's SoftHSM 2, real, with a token of this process's own. It reads its tokens once for each
 * process, so there is one for all tests; keys tell them apart.
 */
public final class SoftHsm {
  public static final String TOKEN = "Coffer test";

  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));
  private static final String PIN = "1234-5678";

  private static @Nullable SoftHsm instance;

  private final Path module;
  private final Path home;

  private SoftHsm(Path module, Path home) {
    this.module = module;
    this.home = home;
  }

  /** It, or the test is skipped. */
  public static synchronized SoftHsm get() {
    if (instance == null) {
      Path module =
          MODULES.stream()
              .filter(Files::exists)
              .findFirst()
              .orElseGet(() -> abort("no SoftHSM here: install softhsm2 to test pkcs11 seals"));
      try {
        instance = start(module);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
    return instance;
  }

  private static SoftHsm start(Path module) throws Throwable {
    Path home = Files.createTempDirectory("softhsm");
    Path tokens = Files.createDirectory(home.resolve("tokens"));
    Path configuration =
        Files.writeString(
            home.resolve("softhsm2.conf"),
            "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    setEnvironment("SOFTHSM2_CONF", configuration.toString());
    ProcessBuilder tool =
        new ProcessBuilder(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            TOKEN,
            "--pin",
            PIN,
            "--so-pin",
            PIN);
    tool.environment().put("SOFTHSM2_CONF", configuration.toString());
    Process process = tool.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    SoftHsm made = new SoftHsm(module, home);
    assertThat(made.pinFile("pin", PIN)).exists();
    return made;
  }

  /** The module asks the C library, which the platform gives no way to tell. */
  @SuppressWarnings("restricted") // setenv of the C library.
  private static void setEnvironment(String name, String value) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      int result =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      Linker.nativeLinker().defaultLookup().find("setenv").orElseThrow(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      assertThat(result).isZero();
    }
  }

  public SealSpec.Token seal(String key) {
    return new SealSpec.Token(module, TOKEN, key, home.resolve("pin"));
  }

  Path module() {
    return module;
  }

  Path pinFile(String name, String pin) throws IOException {
    Path file = home.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, pin + "\n");
  }
}
