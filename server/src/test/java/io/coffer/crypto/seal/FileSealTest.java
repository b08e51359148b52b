package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.SeededEntropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSealTest extends SealContract {
  private static final String LINE = "coffer-seal-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path directory;

  @Override
  Seal seal(long seed) {
    return FileSeal.loadOrCreate(directory.resolve("seal-" + seed), new SeededEntropy(seed));
  }

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("seal.key"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theFileAndItsDirectoriesAreMadeForTheOwnerAlone() throws IOException {
    Path config = directory.resolve("config");
    Path path = config.resolve("coffer/seal.key");

    FileSeal seal = FileSeal.loadOrCreate(path, new SeededEntropy(1));

    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(config.resolve("coffer"))).isEqualTo("rwx------");
    assertThat(permissions(config)).isEqualTo("rwx------");
    assertThat(Files.readString(path)).matches("coffer-seal-1:[A-Za-z0-9+/]{43}=\n");
    assertThat(FileSeal.load(path).fingerprint()).isEqualTo(seal.fingerprint());
    try (Stream<Path> files = Files.list(config.resolve("coffer"))) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aFileThatIsThereIsKept() throws IOException {
    Path path = file(LINE + "\n", "rw-------");

    FileSeal seal = FileSeal.loadOrCreate(path, new SeededEntropy(1));

    assertThat(Files.readString(path)).isEqualTo(LINE + "\n");
    assertThat(seal.fingerprint()).isEqualTo("24bf70736dce7bf2");
  }

  @Test
  void ofManyWhoMakeTheFileAtOnceAllHaveTheSameKey() throws Exception {
    Path path = directory.resolve("seal.key");
    List<Callable<String>> starts =
        LongStream.range(0, 16)
            .<Callable<String>>mapToObj(
                seed -> () -> FileSeal.loadOrCreate(path, new SeededEntropy(seed)).fingerprint())
            .toList();
    Set<String> fingerprints = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<String> each : threads.invokeAll(starts)) {
        fingerprints.add(each.get());
      }
    }

    assertThat(fingerprints).containsExactly(FileSeal.load(path).fingerprint());
  }

  @Test
  void aMissingFileIsNotMadeForAStoreThatExists() {
    Path path = directory.resolve("seal.key");

    assertThatThrownBy(() -> FileSeal.load(path))
        .isInstanceOf(SealException.class)
        .hasMessage("there is no seal key file at " + path);
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw------x"})
  void aFileOpenToOthersIsRefused(String permissions) throws IOException {
    Path path = file(LINE, permissions);

    assertThatThrownBy(() -> FileSeal.load(path))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("open to others")
        .hasMessageEndingWith("chmod 600 " + path)
        .hasMessageNotContaining("AAEC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rw-------", "rwx------"})
  void aFileOfTheOwnerAloneIsTaken(String permissions) throws IOException {
    assertThat(FileSeal.load(file(LINE, permissions)).kind()).isEqualTo("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
  void theEndOfTheLineIsNoPartOfTheKey(String end) throws IOException {
    assertThat(FileSeal.load(file(LINE + end, "rw-------")).fingerprint())
        .isEqualTo("24bf70736dce7bf2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "coffer-seal-2:AAEC", "-----BEGIN PRIVATE KEY-----\n", "coffer-seal-1"})
  void aFileOfSomethingElseIsRefusedInWords(String content) throws IOException {
    Path path = file(content, "rw-------");

    assertThatThrownBy(() -> FileSeal.load(path))
        .isInstanceOf(SealException.class)
        .hasMessage(
            path + " is no seal key file: it must be one line that begins with coffer-seal-1:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coffer-seal-1:",
        "coffer-seal-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "coffer-seal-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
        "coffer-seal-1:AAECAwQFBgcICQoL!A0ODxAREhMUFRYXGBkaGxwdHh8=",
        "coffer-seal-1: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "coffer-seal-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nmore"
      })
  void aDamagedKeyIsRefusedInWordsThatDoNotShowIt(String content) throws IOException {
    Path path = file(content, "rw-------");

    assertThatThrownBy(() -> FileSeal.load(path))
        .isInstanceOf(SealException.class)
        .hasMessage(path + " is damaged: after coffer-seal-1: there must be 32 bytes in base64")
        .hasNoCause();
  }

  @Test
  void aDirectoryIsNoKeyFile() {
    assertThatThrownBy(() -> FileSeal.load(directory)).isInstanceOf(SealException.class);
  }
}
