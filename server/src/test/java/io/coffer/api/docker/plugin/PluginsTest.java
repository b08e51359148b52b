package io.coffer.api.docker.plugin;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.secret.SecretProviders.Wanted;
import io.coffer.server.PluginFiles;
import io.coffer.server.PluginPath;
import io.coffer.testing.FakePlugin;
import io.coffer.testing.FakePlugin.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins over Unix sockets and ports, which answer well, badly, late and not at all. */
@Timeout(60)
final class PluginsTest {
  private static final Patience SHORT =
      new Patience(
          List.of(
              Duration.ofMillis(10),
              Duration.ofMillis(20),
              Duration.ofMillis(40),
              Duration.ofMillis(80)),
          Duration.ofSeconds(20));
  private static final String ACTIVATE = "/Plugin.Activate";
  private static final String GET = "/SecretProvider.GetSecret";

  @TempDir private Path home;
  private final AtomicLong skipped = new AtomicLong();
  private final ExecutorService files = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Plugins> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Plugins::close);
    files.close();
  }

  private Plugins plugins(Patience patience) {
    Plugins plugins =
        new Plugins(
            new PluginFiles(PluginPath.only(home)),
            files,
            () -> System.nanoTime() + skipped.get(),
            patience);
    opened.add(plugins);
    return plugins;
  }

  private FakePlugin vault() {
    return FakePlugin.onSocket(home.resolve("vault.sock"));
  }

  private static Wanted wanted(long revision) {
    return new Wanted("vault", "id1", revision, "db", new TreeMap<>());
  }

  private static String text(CompletionStage<SecretBytes> stage) {
    try (SecretBytes value = await(stage)) {
      return value.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void assertTrouble(CompletionStage<?> stage, DriverTrouble trouble) {
    assertThat(problem(stage)).isEqualTo(new Problem.DriverFailed("vault", trouble));
  }

  @Test
  void aPluginIsActivatedOnceAndAskedAsEnginesAsk() {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      await(plugins.find("vault"));
      assertThat(text(plugins.ask(wanted(1)))).isEqualTo("from the plugin");
      Wanted labelled =
          new Wanted("vault", "id2", 1, "d\"b", new TreeMap<>(Map.of("b", "2", "a", "ü")));
      assertThat(text(plugins.ask(labelled))).isEqualTo("from the plugin");

      assertThat(vault.paths()).containsExactly(ACTIVATE, GET, GET);
      assertThat(vault.asked().get(0).body()).isEmpty();
      assertThat(vault.asked().get(1).body()).isEqualTo("{\"SecretName\":\"db\"}\n");
      assertThat(vault.asked().get(2).body())
          .isEqualTo("{\"SecretName\":\"d\\\"b\",\"SecretLabels\":{\"a\":\"ü\",\"b\":\"2\"}}\n");
      assertThat(vault.asked())
          .allSatisfy(asked ->
              assertThat(asked.head().toLowerCase(java.util.Locale.ROOT))
                  .startsWith("post /")
                  .contains("\r\nhost: plugin.moby.localhost\r\n")
                  .contains("\r\naccept: application/vnd.docker.plugins.v1.2+json\r\n")
                  .contains("\r\ncontent-length: ")
                  .doesNotContain("content-type"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault.spec|tcp://@\n",
        "vault/vault.spec|http://@",
        "vault.json|{\"Name\":\"vault\",\"Addr\":\"http://@/docker/plugin\"}",
        "vault/vault.json|{\"addr\":\"tcp://@\",\"TLSConfig\":null}"
      })
  void aPluginOnAPortIsCalledByItsAddress(String fileAndText) throws IOException {
    try (FakePlugin vault = FakePlugin.onPort()) {
      String[] parts = fileAndText.split("\\|", -1);
      Path file = home.resolve(parts[0]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, parts[1].replace("@", vault.authority()));

      assertThat(text(plugins(SHORT).ask(wanted(1)))).isEqualTo("from the plugin");

      assertThat(vault.paths()).containsExactly(ACTIVATE, GET);
      assertThat(vault.asked().get(1).head().toLowerCase(java.util.Locale.ROOT))
          .contains("\r\nhost: " + vault.authority() + "\r\n");
    }
  }

  static Stream<Arguments> badAnswers() {
    String tooLong = Base64.getEncoder().encodeToString(new byte[512_000]);
    return Stream.of(
        Arguments.of(200, "{\"Err\":\"hush\"}", DriverTrouble.REFUSED),
        Arguments.of(200, "{\"Value\":\"eA==\",\"Err\":\"hush\"}", DriverTrouble.REFUSED),
        Arguments.of(500, "{\"Err\":\"hush\"}", DriverTrouble.REFUSED),
        Arguments.of(500, "hush", DriverTrouble.REFUSED),
        Arguments.of(404, "", DriverTrouble.REFUSED),
        Arguments.of(201, "{\"Value\":\"eA==\"}", DriverTrouble.REFUSED),
        Arguments.of(200, "{}", DriverTrouble.VALUE_SIZE),
        Arguments.of(200, "{\"Value\":\"\"}", DriverTrouble.VALUE_SIZE),
        Arguments.of(200, "{\"Value\":null}", DriverTrouble.VALUE_SIZE),
        Arguments.of(200, "{\"Value\":\"" + tooLong + "\"}", DriverTrouble.VALUE_SIZE),
        Arguments.of(200, " ".repeat((1 << 20) + 1), DriverTrouble.VALUE_SIZE),
        Arguments.of(200, "", DriverTrouble.MALFORMED),
        Arguments.of(200, "hush", DriverTrouble.MALFORMED),
        Arguments.of(200, "[]", DriverTrouble.MALFORMED),
        Arguments.of(200, "null", DriverTrouble.MALFORMED),
        Arguments.of(200, "{\"Value\":\"eA==\"", DriverTrouble.MALFORMED),
        Arguments.of(200, "{\"Value\":\"_-8=\"}", DriverTrouble.MALFORMED),
        Arguments.of(200, "{\"Value\":\"eA\"}", DriverTrouble.MALFORMED),
        Arguments.of(200, "{\"Value\":5}", DriverTrouble.MALFORMED),
        Arguments.of(200, "{\"Value\":\"eA==\",\"DoNotReuse\":1}", DriverTrouble.MALFORMED));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void anAnswerThatGivesNoValueIsNotAskedForAgain(int status, String body, DriverTrouble trouble) {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      vault.secret(new Reply.Http(status, body));
      assertTrouble(plugins.ask(wanted(1)), trouble);
      assertThat(vault.paths()).containsExactly(ACTIVATE, GET);
    }
  }

  @Test
  void theLongestValueFitsAndNamesOfMembersMayBeInAnyCase() {
    Plugins plugins = plugins(SHORT);
    byte[] longest = new byte[511_999];
    java.util.Arrays.fill(longest, (byte) 0xff);
    try (FakePlugin vault = vault()) {
      vault.secret(FakePlugin.value(longest));
      try (SecretBytes value = await(plugins.ask(wanted(1)))) {
        Bytes given = value.lend(Bytes::copyOf);
        assertThat(given).isEqualTo(Bytes.copyOf(longest));
      }
      vault.secret(FakePlugin.json("{\"other\":[{}],\"value\":\"e\\u0041==\",\"err\":\"\"}"));
      assertThat(text(plugins.ask(wanted(2)))).isEqualTo("x");
    }
  }

  @Test
  void aSlowAnswerIsWaitedForAndOneThatIsTooSlowIsNot() {
    try (FakePlugin vault = vault()) {
      Plugins hasty = plugins(new Patience(List.of(Duration.ofMillis(10)), Duration.ofMillis(700)));
      await(hasty.find("vault"));
      vault.secret(new Reply.Silence());
      assertTrouble(hasty.ask(wanted(1)), DriverTrouble.LATE);
      assertThat(vault.paths()).containsExactly(ACTIVATE, GET);

      CountDownLatch open = new CountDownLatch(1);
      vault.secret(new Reply.Later(open, FakePlugin.value("at last")));
      CompletionStage<SecretBytes> answer = plugins(SHORT).ask(wanted(1));
      assertThat(answer.toCompletableFuture()).isNotDone();
      open.countDown();
      assertThat(text(answer)).isEqualTo("at last");
    }
  }

  @Test
  void oneThatHasGoneIsStillKnownAndTriedAgainUntilItIsBack() {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      await(plugins.find("vault"));
      assertThat(vault.paths()).containsExactly(ACTIVATE);
    }
    await(plugins.find("vault"));
    assertTrouble(plugins.ask(wanted(1)), DriverTrouble.UNREACHABLE);

    CompletionStage<SecretBytes> asked =
        plugins(
                new Patience(
                    List.of(Duration.ofMillis(10), Duration.ofSeconds(3)), Duration.ofSeconds(20)))
            .ask(wanted(1));
    try (FakePlugin back = vault()) {
      assertThat(text(asked)).isEqualTo("from the plugin");
      assertThat(text(plugins.ask(wanted(1)))).isEqualTo("from the plugin");
      // Once for the one that had not known it.
      assertThat(back.paths()).containsExactly(ACTIVATE, GET, GET);
    }
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsTriedAgain() {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      await(plugins.find("vault"));
      vault.secret(new Reply.HangUp());
      assertTrouble(plugins.ask(wanted(1)), DriverTrouble.UNREACHABLE);
      assertThat(vault.paths()).containsExactly(ACTIVATE, GET, GET, GET, GET, GET);
    }
  }

  @Test
  void oneThatIsNowhereIsLookedForAsOftenAsEnginesDo() {
    Plugins plugins = plugins(SHORT);
    long start = System.nanoTime();
    assertTrouble(plugins.find("vault"), DriverTrouble.UNKNOWN);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(150).toNanos());
    assertTrouble(plugins.ask(wanted(1)), DriverTrouble.UNKNOWN);

    assertThat(Patience.AS_ENGINES.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(Patience.AS_ENGINES.whole()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void oneThatComesWhileItIsLookedForIsFound() {
    CompletionStage<Void> found =
        plugins(new Patience(List.of(Duration.ofSeconds(2)), Duration.ofSeconds(20))).find("vault");
    assertThat(found.toCompletableFuture()).isNotDone();
    try (FakePlugin vault = vault()) {
      await(found.thenApply(_ -> true));
      assertThat(vault.paths()).containsExactly(ACTIVATE);
    }
  }

  @Test
  void aPauseThatWouldPassTheWholeTimeIsNotTaken() {
    Plugins plugins =
        plugins(
            new Patience(List.of(Duration.ofMillis(10), Duration.ofMinutes(10)), SHORT.whole()));
    assertTrouble(plugins.find("vault"), DriverTrouble.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Implements\":[\"VolumeDriver\"]}", "{}", "{\"Implements\":null}"})
  void oneThatGivesNoSecretsIsToldAtOnceAndAskedAgainNextTime(String manifest) {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      vault.manifest(FakePlugin.json(manifest));
      assertTrouble(plugins.find("vault"), DriverTrouble.UNFIT);
      assertThat(vault.paths()).containsExactly(ACTIVATE);
      assertTrouble(plugins.ask(wanted(1)), DriverTrouble.UNFIT);

      vault.manifest(FakePlugin.json("{\"implements\":[\"x\",\"secretprovider\"]}"));
      await(plugins.find("vault").thenApply(_ -> true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush", "{\"Implements\":\"secretprovider\"}", "[]", ""})
  void aManifestThatIsNoneIsNotTakenForOne(String manifest) {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      vault.manifest(FakePlugin.json(manifest));
      assertTrouble(plugins.find("vault"), DriverTrouble.MALFORMED);
      vault.manifest(new Reply.Http(500, manifest));
      assertTrouble(plugins.find("vault"), DriverTrouble.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../vault", "a/vault", "..", ".", "", "/etc/passwd", "vault\0", "-x", "a:b"})
  void aNameThatLeadsElsewhereIsUnknownAtOnce(String name) {
    Plugins plugins = plugins(Patience.AS_ENGINES);
    try (FakePlugin vault = vault()) {
      CompletionStage<Void> found = plugins.find(name);
      assertThat(found.toCompletableFuture()).isDone();
      assertThat(problem(found)).isEqualTo(new Problem.DriverFailed(name, DriverTrouble.UNKNOWN));
      assertThat(vault.asked()).isEmpty();
    }
  }

  @Test
  void aNameMayHaveTwoHundredCharacters() {
    assertThat(new PluginName("a".repeat(200)).value()).hasSize(200);
    String tooLong = "a".repeat(201);
    assertThat(problem(plugins(SHORT).find(tooLong)))
        .isEqualTo(new Problem.DriverFailed(tooLong, DriverTrouble.UNKNOWN));
  }

  @Test
  void aValueIsUsedAgainForAWhileUnlessThePluginForbidsIt() {
    Plugins plugins = plugins(SHORT);
    try (FakePlugin vault = vault()) {
      assertThat(text(plugins.ask(wanted(1)))).isEqualTo("from the plugin");
      vault.secret(FakePlugin.value("another"));
      assertThat(text(plugins.ask(wanted(1)))).isEqualTo("from the plugin");
      assertThat(text(plugins.ask(wanted(2)))).as("of a changed secret").isEqualTo("another");
      skipped.addAndGet(RecentValues.LIFETIME.toNanos() + 1);
      assertThat(text(plugins.ask(wanted(1)))).isEqualTo("another");
      assertThat(vault.paths()).containsExactly(ACTIVATE, GET, GET, GET);

      vault.secret(FakePlugin.json("{\"Value\":\"eA==\",\"DoNotReuse\":true}"));
      assertThat(text(plugins.ask(wanted(3)))).isEqualTo("x");
      vault.secret(FakePlugin.json("{\"Value\":\"eQ==\",\"donotreuse\":true}"));
      assertThat(text(plugins.ask(wanted(3)))).isEqualTo("y");
    }
  }

  @Test
  void onePluginThatHangsHoldsUpSoManyCallsAndNoOthers() {
    Plugins plugins = plugins(SHORT);
    List<CompletionStage<SecretBytes>> hanging = new ArrayList<>();
    CountDownLatch open = new CountDownLatch(1);
    try (FakePlugin vault = vault();
        FakePlugin other = FakePlugin.onSocket(home.resolve("other.sock"))) {
      vault.secret(new Reply.Later(open, FakePlugin.value("v")));
      for (int i = 0; i < Turns.OF_ONE_PLUGIN_MAX; i++) {
        hanging.add(plugins.ask(wanted(i)));
      }
      assertTrouble(plugins.ask(wanted(1000)), DriverTrouble.BUSY);
      assertThat(text(plugins.ask(new Wanted("other", "id3", 1, "db", new TreeMap<>()))))
          .isEqualTo("from the plugin");
      assertThat(other.paths()).containsExactly(ACTIVATE, GET);

      open.countDown();
      hanging.forEach(one -> assertThat(text(one)).isEqualTo("v"));
      assertThat(plugins.waiting()).isZero();
      assertThat(vault.paths()).as("activated by the first of many").containsOnlyOnce(ACTIVATE);
    }
  }

  @Test
  void allPluginsTogetherHoldUpSoManyCalls() {
    Turns turns = new Turns();
    for (int i = 0; i < Turns.ALL_MAX; i++) {
      assertThat(turns.enter(new PluginName("p" + i % 4))).isTrue();
    }
    assertThat(turns.enter(new PluginName("p5"))).isFalse();
    turns.leave(new PluginName("p0"));
    assertThat(turns.enter(new PluginName("p5"))).isTrue();
    assertThat(turns.inUse()).isEqualTo(Turns.ALL_MAX);
  }
}
