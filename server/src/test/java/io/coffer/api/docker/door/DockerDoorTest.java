package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Docker door over its socket, byte for byte, asked well and badly. */
@Timeout(120)
final class DockerDoorTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String CREATE = "POST /v1.41/secrets/create";
  private static final String HUSH = "hush-7f3a";
  private static final Set<String> ENGINE =
      Set.of("api-version", "docker-experimental", "ostype", "server");

  @TempDir private static Path home;
  private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  @Test
  void aSecretIsCreatedInspectedListedAndDeleted() {
    Answer made = create("life", "QUJD");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.form()).isEqualTo("{\"ID\":\"<docker-id>\",\"Id\":\"<docker-id>\"}\n");
    assertThat(made.header("content-type")).isEqualTo("application/json");
    assertThat(made.header("content-length")).isEqualTo("68");
    requireEngine(made);

    String shown =
        "{\"ID\":\"<docker-id>\",\"Version\":{\"Index\":#},\"CreatedAt\":\"<ns>\","
            + "\"UpdatedAt\":\"<ns>\",\"Spec\":{\"Name\":\"life\",\"Labels\":{}}}";
    Answer inspected = ask("GET /secrets/LIFE", "", "");
    assertThat(index(inspected)).isEqualTo(shown + "\n");
    assertThat(index(ask("GET /secrets?filters={%22name%22:[%22life%22]}", "", "")))
        .isEqualTo("[" + shown + "]\n");

    Answer gone = ask("DELETE /secrets/" + made.member("ID"), "", "");
    assertThat(gone.status()).isEqualTo(204);
    assertThat(gone.headers()).doesNotContainKeys("content-length", "content-type");
    requireEngine(gone);
    assertThat(ask("GET /secrets/life", "", "").body())
        .isEqualTo("{\"message\":\"secret life not found\"}\n");
  }

  @Test
  void whatDockerMadeLockboxReads() {
    Answer made =
        create(
            "shared", Base64.getEncoder().encodeToString("käse".getBytes(StandardCharsets.UTF_8)));
    Answer payload =
        coffer.rest().get("/lockbox/v1/secrets/" + made.member("ID") + "/payload", coffer.token());
    assertThat(payload.form())
        .isEqualTo(
            "{\"versionId\":\"<id>\",\"entries\":[{\"key\":\"data\",\"textValue\":\"käse\"}]}");
  }

  @Test
  void pingHasItsHeadersInEveryVersionAndNoBodyForHead() {
    for (String path : List.of("/_ping", "/v1.24/_ping", "/v1.51/_ping")) {
      Answer get = ask("GET " + path, "", "");
      assertThat(get.status()).isEqualTo(200);
      assertThat(get.body()).isEqualTo("OK");
      assertThat(get.header("content-length")).isEqualTo("2");
      Answer head = ask("HEAD " + path, "", "");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("0");
      for (Answer answer : List.of(get, head)) {
        requireEngine(answer);
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache, no-store, must-revalidate");
        assertThat(answer.header("pragma")).isEqualTo("no-cache");
        assertThat(answer.header("builder-version")).isEqualTo("2");
        assertThat(answer.header("swarm")).isEqualTo("active/manager");
      }
    }
  }

  @Test
  void versionAndInfoSayWhatClientsAskOfThem() {
    Answer version = ask("GET /version", "", "");
    requireEngine(version);
    assertThat(version.header("content-type")).isEqualTo("application/json");
    assertThat(version.body())
        .contains("\"ApiVersion\":\"1.51\",\"MinAPIVersion\":\"1.24\"")
        .contains("\"Os\":\"linux\"")
        .endsWith("}\n");
    Answer info = ask("GET /v1.41/info", "", "");
    requireEngine(info);
    assertThat(info.body())
        .contains("\"LocalNodeState\":\"active\",\"ControlAvailable\":true")
        .endsWith("}\n");
  }

  @Test
  void optionsIsEmptyAnywhere() {
    for (String path : List.of("/nonsense", "/v1.41/secrets", "/secrets/x")) {
      Answer answer = ask("OPTIONS " + path, "", "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("content-length")).isEqualTo("0");
      requireEngine(answer);
    }
  }

  static Stream<String> pages() {
    return Stream.of(
        "GET /",
        "GET /nonsense",
        "GET /v1.41",
        "GET /v1.41/",
        "GET /V1.41/secrets",
        "GET /v1.x/secrets",
        "GET /v9.99/nonsense",
        "GET /secrets/",
        "GET /SECRETS",
        "GET /secrets/a%2Fb",
        "GET /secrets/a/b",
        "PUT /secrets",
        "POST /secrets",
        "DELETE /secrets",
        "HEAD /secrets/a",
        "PUT /secrets/a",
        "TRACE /secrets",
        "POST /_ping",
        "POST /version");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void anUnknownPageIsNotFoundWithoutAnEnginesHeaders(String start) {
    Answer answer = ask(start, "", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.headers()).doesNotContainKeys(ENGINE.toArray(String[]::new));
    if (!start.startsWith("HEAD")) {
      assertThat(answer.body()).isEqualTo("{\"message\":\"page not found\"}\n");
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        bad(HUSH, "invalid JSON: invalid character 'h' looking for beginning of value"),
        bad("{\"Name\":\"" + HUSH, "invalid JSON: unexpected EOF"),
        bad(" ", "invalid JSON: got EOF while reading request body"),
        bad(
            "[]",
            "invalid JSON: json: cannot unmarshal array into Go value of type swarm."
                + "SecretSpec"),
        bad("null", "rpc error: code = InvalidArgument desc = name must be provided"),
        bad("{} " + HUSH, "unexpected content after JSON"),
        bad(
            "{\"Name\":5}",
            "invalid JSON: json: cannot unmarshal number into Go struct field "
                + "SecretSpec.Annotations.Name of type string"),
        bad(
            "{\"Name\":\"a\",\"Data\":\"" + HUSH + "!\"}",
            "invalid JSON: illegal base64 data at input byte 9"),
        bad(
            "{\"Name\":\"a b\",\"Data\":\"QQ==\"}",
            "rpc error: code = InvalidArgument desc = invalid name, only 64 [a-zA-Z0-9-_.] "
                + "characters allowed, and the start and end character must be [a-zA-Z0-9]"),
        bad(
            "{\"Name\":\"a\"}",
            "rpc error: code = InvalidArgument desc = secret data must be "
                + "larger than 0 and less than 512000 bytes"),
        bad(
            "{\"Name\":\"a\",\"Data\":\"" + zeros(512_000) + "\"}",
            "rpc error: code = InvalidArgument desc = secret data must be larger than 0 and less "
                + "than 512000 bytes"),
        bad("[".repeat(200_000), "invalid JSON: invalid character '[' exceeded max depth"),
        bad("{\"a\":".repeat(50_000), "invalid JSON: invalid character '{' exceeded max depth"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void refused(String body, String message) {
    Answer answer = ask(CREATE, JSON, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
    requireEngine(answer);
  }

  @Test
  void theLargestValueIsTaken() {
    assertThat(create("largest", zeros(511_999)).status()).isEqualTo(201);
  }

  @Test
  void contentTypeMustBeJson() {
    assertThat(ask(CREATE, "", "{}").body())
        .isEqualTo("{\"message\":\"malformed Content-Type header (): mime: no media type\"}\n");
    assertThat(ask(CREATE, "Content-Type: text/plain\r\n", "{}").body())
        .isEqualTo(
            "{\"message\":\"unsupported Content-Type header (text/plain): must be "
                + "'application/json'\"}\n");
    assertThat(ask(CREATE, JSON + "Content-Length: 0\r\n", "").body())
        .isEqualTo(
            "{\"message\":\"rpc error: code = InvalidArgument desc = name must be provided\"}\n");
  }

  @Test
  void aTakenNameIsAConflictInAnyCase() {
    assertThat(create("Taken", "QQ==").status()).isEqualTo(201);
    Answer again = create("tAKEN", "QQ==");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body())
        .isEqualTo(
            "{\"message\":\"rpc error: code = AlreadyExists desc = secret tAKEN already"
                + " exists\"}\n");
  }

  @Test
  void versionsOutsideTheRangeAreRefusedAndOldOnesInText() {
    Answer old = ask("GET /v1.12/secrets", "", "");
    assertThat(old.status()).isEqualTo(400);
    assertThat(old.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(old.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(old.body()).startsWith("client version 1.12 is too old").endsWith("version\n");
    assertThat(ask("GET /v1.99/secrets", "", "").body())
        .isEqualTo(
            "{\"message\":\"client version 1.99 is too new. Maximum supported API version is "
                + "1.51\"}\n");
  }

  @Test
  void aMalformedFilterIsRefused() {
    for (String filters : List.of("x", "[]", "{%22name%22:5}", "{")) {
      Answer answer = ask("GET /secrets?filters=" + filters, "", "");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"message\":\"invalid filter\"}\n");
    }
    assertThat(ask("GET /secrets?filters={%22bogus%22:[%22a%22]}", "", "").body())
        .isEqualTo("{\"message\":\"invalid filter 'bogus'\"}\n");
  }

  @Test
  void theFirstOfTwoFiltersCounts() {
    create("first", "QQ==");
    assertThat(
            ask("GET /secrets?filters={%22names%22:[%22first%22]}&filters={%22bogus%22:1}", "", "")
                .body())
        .contains("\"Name\":\"first\"");
  }

  @Test
  void aNameThatIsNoUtf8IsLookedUpAsGoWould() {
    assertThat(ask("GET /secrets/%ff", "", "").body())
        .isEqualTo("{\"message\":\"secret \uFFFD not found\"}\n");
  }

  static Stream<Arguments> bare() {
    return Stream.of(
        Arguments.of("GET /secrets/%zz HTTP/1.1", 400),
        Arguments.of("GET /secrets?filters=%zz HTTP/1.1", 400),
        Arguments.of("GET /secrets/%00 HTTP/1.1", 400),
        Arguments.of(HUSH, 400),
        Arguments.of("GET /_ping?a=" + HUSH.repeat(120_000) + " HTTP/1.1", 431),
        Arguments.of("GET /_ping HTTP/1.1\r\nX-A: " + HUSH.repeat(9_000), 431),
        Arguments.of("POST /secrets/create HTTP/1.1\r\nContent-Length: " + ((16 << 20) + 1), 413));
  }

  @ParameterizedTest
  @MethodSource("bare")
  void whatIsNotReadAtAllIsAnsweredWithTheBareStatus(String head, int status) {
    Answer answer =
        Raw.exchange(
            coffer.docker(),
            (head + "\r\nHost: coffer\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.header("connection")).isEqualTo("close");
    assertThat(answer.body()).matches(status + " [A-Z][A-Za-z -]+");
  }

  @Test
  void aRequestLineMayRepeatTheLargestValue() {
    String data = zeros(511_999).replace("+", "%2B").replace("=", "%3D");
    Answer answer =
        ask(
            "POST /secrets/create?Name=line&Data=" + data,
            JSON,
            "{\"Name\":\"line\",\"Data\":\"QQ==\"}");
    assertThat(answer.status()).isEqualTo(201);
  }

  /** Accepted on purpose, as old clients say no more. */
  @Test
  void aRequestWithoutAHostIsAnswered() {
    for (String version : List.of("1.0", "1.1")) {
      assertThat(
              Raw.exchange(
                      coffer.docker(),
                      ("GET /_ping HTTP/" + version + "\r\n\r\n")
                          .getBytes(StandardCharsets.ISO_8859_1))
                  .body())
          .isEqualTo("OK");
    }
  }

  @Test
  void aClientThatExpectsToBeToldToGoOnIsTold() {
    assertThat(
            ask(CREATE, JSON + "Expect: 100-continue\r\n", "{\"Name\":\"on\",\"Data\":\"QQ==\"}")
                .status())
        .isEqualTo(201);
  }

  private static void requireEngine(Answer answer) {
    assertThat(answer.header("api-version")).isEqualTo("1.51");
    assertThat(answer.header("docker-experimental")).isEqualTo("false");
    assertThat(answer.header("ostype")).isEqualTo("linux");
    assertThat(answer.header("server")).isEqualTo("Docker/28.5.0-coffer (linux)");
    assertThat(new TreeSet<>(answer.headers().keySet())).contains("date");
  }

  private static String index(Answer answer) {
    return answer.form().replaceAll("\"Index\":[1-9][0-9]*", "\"Index\":#");
  }

  private static Answer create(String name, String data) {
    return ask(CREATE, JSON, "{\"Name\":\"" + name + "\",\"Data\":\"" + data + "\"}");
  }

  private static Arguments bad(String body, String message) {
    return Arguments.of(body, message);
  }

  private static String zeros(int length) {
    return Base64.getEncoder().encodeToString(new byte[length]);
  }

  private static Answer ask(String start, String headers, String body) {
    return Raw.ask(coffer.docker(), start, headers, body);
  }
}
