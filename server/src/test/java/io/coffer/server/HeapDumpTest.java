package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.SecretBytes;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.RawKeys;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.seal.FileSeal;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.Engine;
import io.coffer.engine.rocksdb.Forked;
import io.coffer.engine.rocksdb.RocksBackend;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the memory of a process that was sealed, found by looking at all of its heap. */
@Timeout(300)
final class HeapDumpTest {
  private static final String TEXT = "planted-through-lockbox-4c1f77";
  private static final String DOCKER = "planted-through-docker-93ab0e";
  private static final String KEYED = "planted-under-a-key-of-its-own-6d20";

  /** Never secret: the process holds on to it, so that a search that finds nothing is noticed. */
  private static final String HELD = "held-on-purpose-5a1e3b";

  /** As the launcher has it: a full collection leaves none of the dead in their place. */
  private static final List<String> AS_LAUNCHED =
      List.of("env", "JAVA_TOOL_OPTIONS=-XX:+UseSerialGC -XX:MarkSweepDeadRatio=0");

  @TempDir private Path home;

  @Test
  void aSealedProcessHoldsNoKeyAndNoValue() throws Exception {
    try (Forked process = Forked.start(AS_LAUNCHED, Serving.class, home.toString())) {
      awaitServing(process);
      String secret = plant();
      Map<String, byte[]> keys = keys();

      Set<String> whileOpen = found(dump(process, "open"), keys);
      assertThat(whileOpen).contains("index key", "token key", "term 1", "seal key", HELD);

      assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
      keys.putAll(keysOfRows());
      assertThat(keys).hasSizeGreaterThan(10);
      Set<String> sealed = found(dump(process, "sealed"), keys);
      assertThat(sealed).containsExactly(HELD);

      assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
      String token = token();
      assertThat(rest().get("/lockbox/v1/secrets/" + secret + "/payload", token).body())
          .contains(TEXT);
    }
  }

  static void awaitServing(Forked process) throws IOException {
    String line = process.line();
    while (!line.equals("serving.")) {
      assertThat(line).isNotEmpty(); // It has ended.
      line = process.line();
    }
  }

  private Map<String, String> connections() throws IOException {
    return ConnectFile.read(home.resolve("data")).orElseThrow();
  }

  private String at(String name) throws IOException {
    return String.valueOf(connections().get(name));
  }

  private Rest rest() throws IOException {
    return new Rest(at(ConnectFile.URL), Path.of(at(ConnectFile.CA_CERTIFICATE)));
  }

  private String token() throws IOException {
    return AuthorizedKey.read(Path.of(at(ConnectFile.KEY_FILE))).login(rest());
  }

  private Answer operator(String call) {
    return Raw.ask(
        UnixDomainSocketAddress.of(home.resolve("data/operator.sock")), call, "", new byte[0]);
  }

  /** Puts values in through both doors and reads them, more than once and by more than one way. */
  private String plant() throws IOException {
    String token = token();
    String folder = at(ConnectFile.FOLDER_ID);
    UnixDomainSocketAddress docker = UnixDomainSocketAddress.of(home.resolve("data/docker.sock"));
    String key =
        rest()
            .post(
                "/kms/v1/keys",
                token,
                "{\"folderId\":\"" + folder + "\",\"defaultAlgorithm\":\"AES_256\"}")
            .member("keyId");
    String secret = create(token, folder, "a", TEXT, "");
    String keyed = create(token, folder, "b", KEYED, ",\"kmsKeyId\":\"" + key + "\"");
    String data = Base64.getEncoder().encodeToString(DOCKER.getBytes(UTF_8));
    Answer made =
        Raw.ask(
            docker,
            "POST /v1.51/secrets/create",
            "Content-Type: application/json\r\n",
            "{\"Name\":\"c\",\"Data\":\"" + data + "\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    for (int i = 0; i < 20; i++) {
      String path = "/lockbox/v1/secrets/";
      assertThat(rest().get(path + secret + "/payload", token).body()).contains(TEXT);
      assertThat(rest().get(path + keyed + "/payload", token).body()).contains(KEYED);
      assertThat(rest().get(path + made.member("ID") + "/payload", token).body()).contains(DOCKER);
      assertThat(Raw.ask(docker, "GET /v1.51/secrets", "", "").status()).isEqualTo(200);
    }
    String plaintext = Base64.getEncoder().encodeToString(TEXT.getBytes(UTF_8));
    Answer encrypted =
        rest()
            .post(
                "/kms/v1/keys/" + key + ":encrypt", token, "{\"plaintext\":\"" + plaintext + "\"}");
    assertThat(encrypted.status()).as(encrypted.body()).isEqualTo(200);
    return secret;
  }

  private String create(String token, String folder, String name, String value, String more)
      throws IOException {
    Answer created =
        rest()
            .post(
                "/lockbox/v1/secrets",
                token,
                "{\"folderId\":\"%s\",\"name\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"%s\"}]%s}"
                    .formatted(folder, name, value, more));
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    return created.member("secretId");
  }

  private FileSeal seal() {
    return FileSeal.load(home.resolve("keys/seal.key"));
  }

  private StoreHeader header() {
    return Store.header(home.resolve("data").resolve(Store.FOLDER)).orElseThrow();
  }

  private Map<String, byte[]> keys() throws IOException {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    try (SecretBytes root = seal().unwrap(header().wrappedRootKey())) {
      keys.put("root key", root.lend(byte[]::clone));
    }
    String line = Files.readString(home.resolve("keys/seal.key")).strip();
    keys.put("seal key", Base64.getDecoder().decode(line.substring(line.indexOf(':') + 1)));
    keys.putAll(RawKeys.of(Opening.open(header(), seal())));
    for (String value : List.of(TEXT, DOCKER, KEYED, HELD)) {
      keys.put(value, value.getBytes(UTF_8));
      keys.put(value + " in base64", Base64.getEncoder().encode(value.getBytes(UTF_8)));
    }
    return keys;
  }

  /** Read with no server's help: of a store that is sealed. */
  private Map<String, byte[]> keysOfRows() {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    Keyring keyring = Opening.open(header(), seal());
    try (Engine frozen = RocksBackend.openReadOnly(home.resolve("data").resolve(Store.FOLDER));
        Engine engine = new SealedEngine(frozen, keyring)) {
      RawKeys.rows(engine, keyring).forEach((name, key) -> keys.put(name, key));
    }
    return keys;
  }

  private Path dump(Forked process, String name) throws Exception {
    Path file = home.resolve(name + ".hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(file).as(said).exists();
    return file;
  }

  /** Which of {@code wanted} are anywhere in the file: as bytes, as int arrays, as characters. */
  private static Set<String> found(Path file, Map<String, byte[]> wanted) throws IOException {
    byte[] heap = Files.readAllBytes(file);
    assertThat(heap.length).isGreaterThan(1 << 20);
    Map<Integer, Map<String, byte[]>> byStart = new HashMap<>();
    wanted.forEach((name, bytes) -> {
      // Of two bytes each, as in an array of characters.
      byte[] wide = new byte[2 * bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        wide[2 * i + 1] = bytes[i];
      }
      for (byte[] form : List.of(bytes, wide)) {
        byStart
            .computeIfAbsent(start(form, 0), _ -> new HashMap<>())
            .put(name + " of " + form.length, form);
      }
    });
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + 4 <= heap.length; at++) {
      Map<String, byte[]> candidates = byStart.get(start(heap, at));
      if (candidates != null) {
        for (Map.Entry<String, byte[]> each : candidates.entrySet()) {
          byte[] form = each.getValue();
          if (at + form.length <= heap.length
              && Arrays.equals(heap, at, at + form.length, form, 0, form.length)) {
            found.add(each.getKey().substring(0, each.getKey().lastIndexOf(" of ")));
          }
        }
      }
    }
    return found;
  }

  private static int start(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** A server that also keeps what the test can look for. */
  static final class Serving {
    private static final List<byte[]> KEPT = List.of(HELD.getBytes(UTF_8));

    private Serving() {}

    public static void main(String[] args) throws InterruptedException {
      Settings settings = RunningCoffer.settings(Path.of(args[0]), Map.of());
      try (CofferServer server = CofferServer.start(settings, Clock.systemUTC())) {
        System.out.println(server.served().isDone() && !KEPT.isEmpty() ? "serving." : "sealed.");
        new CountDownLatch(1).await();
      }
    }
  }
}
