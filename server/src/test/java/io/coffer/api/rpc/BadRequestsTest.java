package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.AuthorizedKey;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What REST answers to what no client should send: a status, a code, a sentence, nothing else. */
@Timeout(120)
final class BadRequestsTest {
  private static final String NO_SCHEME =
      "The authorization header must be Bearer and an IAM token, or Api-Key and an API key.";
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final String HUSH = "hush-7f3a";
  private static final String NOT_JSON = "body: is not the JSON of this request";

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

  static Stream<Arguments> bodies() {
    return Stream.of(
        body("not JSON", HUSH),
        body("a quote too few", "{\"folderId\":\"" + HUSH + "}"),
        body("a comma too many", "{\"folderId\":\"FOLDER\",}"),
        body("single quotes", "{'folderId':'FOLDER'}"),
        body("names without quotes", "{folderId:\"FOLDER\"}"),
        body("a comment", "{\"folderId\":\"FOLDER\"/*" + HUSH + "*/}"),
        body("more behind the value", "{\"folderId\":\"FOLDER\"} " + HUSH),
        body("a member twice", "{\"folderId\":\"" + HUSH + "\",\"folderId\":\"FOLDER\"}"),
        body("both spellings", "{\"folder_id\":\"" + HUSH + "\",\"folderId\":\"FOLDER\"}"),
        body("an array", "[\"" + HUSH + "\"]"),
        body("a text", "\"" + HUSH + "\""),
        body("null", "null"),
        body("a number for a text's object", "{\"folderId\":{\"a\":\"" + HUSH + "\"}}"),
        body("a text for a boolean", entry("\"deletionProtection\":\"" + HUSH + "\"")),
        body("a text for a list", entry("\"versionPayloadEntries\":\"" + HUSH + "\"")),
        body("a list for a map", entry("\"labels\":[\"" + HUSH + "\"]")),
        body("no base64", payload("\"key\":\"k\",\"binaryValue\":\"" + HUSH + "!\"")),
        body(
            "both members of a oneof",
            payload("\"key\":\"k\",\"textValue\":\"" + HUSH + "\",\"binaryValue\":\"AAE=\"")),
        body("a lone surrogate", payload("\"key\":\"k\",\"textValue\":\"" + HUSH + "\\ud800\"")),
        body("nested too deep, arrays", "[".repeat(200_000)),
        body("nested too deep, objects", "{\"a\":".repeat(100_000) + 1 + "}".repeat(100_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void bodies(String what, String body) {
    Answer answer = post(body.replace("FOLDER", coffer.folderId()));
    assertThat(answer.form()).isEqualTo(status(3, NOT_JSON));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void aBodyThatIsNoUtf8IsRefusedAndNotMended() {
    byte[] body =
        payload("\"key\":\"k\",\"textValue\":\"" + HUSH + "\u00ff\"")
            .replace("FOLDER", coffer.folderId())
            .getBytes(StandardCharsets.ISO_8859_1);
    Answer answer = Raw.ask(coffer.plaintext(), "POST " + SECRETS, authorization(), body);
    assertThat(answer.form()).isEqualTo(status(3, NOT_JSON));
  }

  @Test
  void aValueOverTheLimitIsNamedByItsFieldAndLimit() {
    Answer answer =
        post(
            payload("\"key\":\"k\",\"textValue\":\"" + HUSH.repeat(57_000) + "\"")
                .replace("FOLDER", coffer.folderId()));
    assertThat(answer.form())
        .isEqualTo(
            status(3, "version_payload_entries[0].text_value: length must be \\u003c\\u003d65536"));
  }

  @Test
  void aBodyOverFourMebibytesIsRefusedWithTheLimit() {
    Answer answer = post("x".repeat((4 << 20) + 1));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.form()).isEqualTo(status(3, "the body is longer than 4194304 bytes"));
    assertThat(answer.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void chunksThatTogetherAreOverTheLimitAreRefusedAlike() {
    StringBuilder request =
        new StringBuilder("POST " + SECRETS + " HTTP/1.1\r\nHost: x\r\n" + authorization())
            .append("Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 65; i++) {
      request.append("10000\r\n").append("y".repeat(65_536)).append("\r\n");
    }
    Answer answer = Raw.exchange(coffer.plaintext(), ascii(request.append("0\r\n\r\n").toString()));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("longer than 4194304 bytes");
  }

  static Stream<Arguments> asked() {
    return Stream.of(
        ask("GET /lockbox/v2/secrets", 404, 5, "path lockbox/v2/secrets not found"),
        ask("GET /", 404, 5, "path / not found"),
        ask("PUT /endpoints", 501, 12, "this method on this path is not supported"),
        ask("OPTIONS /endpoints", 501, 12, "this method on this path is not supported"),
        ask(
            "POST /lockbox/v1/secrets/x:frobnicate",
            404,
            5,
            "path lockbox/v1/secrets/x:frobnicate not found"),
        ask("GET /lockbox/v1/secrets/nope", 404, 5, "secret nope not found"),
        ask("GET /lockbox/v1/secrets/%C3%BC%2Fx", 404, 5, "secret ü/x not found"),
        ask("GET /lockbox/v1/secrets/" + "x".repeat(51), 400, 3, "secret_id: length must be"),
        ask("GET /lockbox/v1/secrets/nope/payload", 404, 5, "secret nope not found"),
        ask("GET /lockbox/v1/secrets?folderId=nope", 404, 5, "folder nope not found"),
        ask("GET /lockbox/v1/secrets", 400, 3, "folder_id: presence must be required"),
        ask("GET /lockbox/v1/secrets?folderId=FOLDER&pageSize=x", 400, 3, "pageSize: is not a"),
        ask("GET /lockbox/v1/secrets?folderId=FOLDER&page_size=-1", 400, 3, "page_size: must be 0"),
        ask("GET /lockbox/v1/secrets?folderId=FOLDER&pageSize=1001", 400, 3, "page_size: value"),
        ask("GET /lockbox/v1/secrets?folderId=FOLDER&pageToken=x", 400, 3, "page_token: must be"),
        ask("GET /operations/nope", 404, 5, "operation nope not found"),
        ask("GET /endpoints/nope", 404, 5, "endpoint nope not found"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void asked(String start, int status, int code, String message) {
    Answer answer =
        Raw.ask(
            coffer.plaintext(), start.replace("FOLDER", coffer.folderId()), authorization(), "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.form()).startsWith("{\"code\":" + code + ",\"message\":\"" + message);
    assertThat(answer.form())
        .endsWith(
            "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RequestInfo\","
                + "\"requestId\":\"<uuid>\"}]}");
    assertThat(answer.member("requestId")).isEqualTo(answer.header("x-request-id"));
    assertThat(answer.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void anUnknownVersionIsNotFound() {
    Answer made =
        post(payload("\"key\":\"k\",\"textValue\":\"v\"").replace("FOLDER", coffer.folderId()));
    Answer answer =
        coffer
            .rest()
            .get(
                SECRETS + "/" + made.member("secretId") + "/payload?version_id=nope",
                coffer.token());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.form()).isEqualTo(status(5, "version nope not found"));
  }

  @Test
  void aSecretWithoutAVersionHasNoPayloadAndSaysSo() {
    String id = post("{\"folderId\":\"" + coffer.folderId() + "\"}").member("secretId");
    Answer answer = coffer.rest().get(SECRETS + "/" + id + "/payload", coffer.token());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.form()).isEqualTo(status(9, "<id>: secret has no version"));
  }

  @Test
  void theLastOfTwoQueryParametersCounts() {
    String both = SECRETS + "?folderId=nope&folderId=" + coffer.folderId();
    assertThat(coffer.rest().get(both, coffer.token()).status()).isEqualTo(200);
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("", "The authorization header is missing."),
        Arguments.of("Basic aHVzaC03ZjNh", NO_SCHEME),
        Arguments.of("Bearer", NO_SCHEME),
        Arguments.of("Bearer " + HUSH, "Token is invalid or has expired."),
        Arguments.of("Bearer t1." + "A".repeat(100) + "." + "B".repeat(86), "Token is invalid"),
        Arguments.of("Bearer TOKENx", "Token is invalid or has expired."),
        Arguments.of("Bearer t1.", "Token is invalid or has expired."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void headers(String value, String message) {
    String header =
        value.isEmpty() ? "" : "Authorization: " + value.replace("TOKEN", coffer.token()) + "\r\n";
    Answer answer =
        Raw.ask(
            coffer.plaintext(), "GET " + SECRETS + "?folderId=" + coffer.folderId(), header, "");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.form()).startsWith("{\"code\":16,\"message\":\"" + message);
    assertThat(answer.body()).doesNotContain(HUSH);
  }

  static Stream<Arguments> logins() {
    Instant now = Instant.now();
    Duration hour = Duration.ofHours(1);
    AuthorizedKey key = coffer.adminKey();
    String good = key.jwt();
    String audience = AuthorizedKey.AUDIENCE;
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                ("{\"alg\":\"none\",\"kid\":\"" + key.id() + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        Arguments.of(HUSH, "the JWT is malformed"),
        Arguments.of(none + good.substring(good.indexOf('.')), "the JWT is malformed"),
        Arguments.of(good.substring(0, good.length() - 8) + "AAAAAAAA", "the JWT's signature"),
        Arguments.of(
            new AuthorizedKey("ajenope", key.accountId(), key.key()).jwt(),
            "the JWT's kid is no authorized key"),
        Arguments.of(new AuthorizedKey(key.id(), "aje0", key.key()).jwt(), "the JWT's iss"),
        Arguments.of(key.jwt(audience, now.minus(hour), now.minusSeconds(90)), "has expired"),
        Arguments.of(key.jwt(audience, now.plusSeconds(90), now.plus(hour)), "iat is in the"),
        Arguments.of(key.jwt(audience, now, now.plus(hour).plusSeconds(1)), "at most 1 hour"),
        Arguments.of(key.jwt("https://elsewhere/iam/v1/tokens", now, now.plus(hour)), "aud"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void logins(String jwt, String message) {
    Answer answer = coffer.rest().post("/iam/v1/tokens", "", "{\"jwt\":\"" + jwt + "\"}");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.member("message").replace("\\u0027", "'")).contains(message);
    assertThat(answer.body()).doesNotContain(HUSH).doesNotContain(jwt);
  }

  static Stream<Arguments> raw() {
    return Stream.of(
        line("a broken percent escape in the path", "GET /lockbox/v1/secrets/%zz HTTP/1.1", 400),
        line("a broken one in the query", "GET /endpoints?folderId=%zz HTTP/1.1", 400),
        line("a NUL in the path", "GET /lockbox/v1/secrets/%00 HTTP/1.1", 400),
        line("not HTTP", HUSH, 400),
        line("an unknown method", "BREW /endpoints HTTP/1.1", 405),
        line("a method in lower case", "get /endpoints HTTP/1.1", 405),
        line("a long line", "GET /endpoints?a=" + HUSH.repeat(9_000) + " HTTP/1.1", 414),
        line("a long header", "GET / HTTP/1.1\r\nX-A: " + HUSH.repeat(9_000), 431));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void raw(String what, String head, int status) {
    Answer answer = Raw.exchange(coffer.plaintext(), ascii(head + "\r\nHost: coffer\r\n\r\n"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body()).startsWith("{\"code\":3,\"message\":\"").doesNotContain(HUSH);
  }

  /** Accepted on purpose: no listed client can tell. */
  @Test
  void aRequestWithoutAHostIsAnswered() {
    assertThat(Raw.exchange(coffer.plaintext(), ascii("GET /endpoints HTTP/1.1\r\n\r\n")).status())
        .isEqualTo(200);
  }

  private static Answer post(String body) {
    return Raw.ask(coffer.plaintext(), "POST " + SECRETS, authorization(), body);
  }

  private static String authorization() {
    return "Authorization: Bearer " + coffer.token() + "\r\n";
  }

  private static String status(int code, String message) {
    return "{\"code\":%d,\"message\":\"%s\",\"details\":[{\"@type\":".formatted(code, message)
        + "\"type.googleapis.com/google.rpc.RequestInfo\",\"requestId\":\"<uuid>\"}]}";
  }

  private static String entry(String member) {
    return "{\"folderId\":\"FOLDER\"," + member + "}";
  }

  private static String payload(String members) {
    return entry("\"versionPayloadEntries\":[{" + members + "}]");
  }

  private static Arguments body(String what, String body) {
    return Arguments.of(what, body);
  }

  private static Arguments ask(String start, int status, int code, String message) {
    return Arguments.of(start, status, code, message);
  }

  private static Arguments line(String what, String head, int status) {
    return Arguments.of(what, head, status);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
