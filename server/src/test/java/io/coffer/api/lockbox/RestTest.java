package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each verb over REST, byte for byte but for what is drawn and what a clock says. */
@Timeout(120)
final class RestTest {
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final String ANY = "\"@type\":\"type.googleapis.com/yandex.cloud.lockbox.v1.";

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
  void createAnswersAFinishedOperationWithTheSecretInIt() {
    Answer made =
        post(
            """
            {"folderId":"FOLDER","name":"db","description":"d","labels":{"b":"2","a":"1"},
             "versionDescription":"first","versionPayloadEntries":[
               {"key":"user","textValue":"u"},{"key":"blob","binaryValue":"AAE="}]}\
            """);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.header("content-type")).isEqualTo("application/json");
    assertThat(made.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Create secret\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,\"metadata\":{"
                + ANY
                + "CreateSecretMetadata\",\"secretId\":\"<id>\",\"versionId\":\"<id>\"},"
                + "\"response\":{"
                + ANY
                + "Secret\",\"id\":\"<id>\",\"folderId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"name\":\"db\",\"description\":\"d\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},"
                + "\"status\":\"ACTIVE\",\"currentVersion\":{\"id\":\"<id>\",\"secretId\":\"<id>\","
                + "\"createdAt\":\"<ms>\",\"description\":\"first\",\"status\":\"ACTIVE\","
                + "\"payloadEntryKeys\":[\"user\",\"blob\"]},\"deletionProtection\":false}}");
  }

  @Test
  void getAnswersTheSecretAndLeavesOutWhatIsEmpty() {
    Answer got = get(SECRETS + "/" + post("{\"folderId\":\"FOLDER\"}").member("secretId"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("content-type")).isEqualTo("application/json");
    assertThat(got.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"folderId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"status\":\"ACTIVE\",\"deletionProtection\":false}");
  }

  @Test
  void aPasswordSpecificationIsShownAsItWasGiven() {
    Answer made =
        post(
            """
            {"folderId":"FOLDER","deletionProtection":true,"passwordPayloadSpecification":
              {"passwordKey":"p","length":"10","includePunctuation":false,"includeDigits":null}}\
            """);
    String specification =
        "\"passwordPayloadSpecification\":{\"passwordKey\":\"p\",\"length\":\"10\","
            + "\"includePunctuation\":false}";
    assertThat(get(SECRETS + "/" + made.member("secretId")).form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"folderId\":\"<id>\",\"createdAt\":\"<ms>\",\"status\":\"ACTIVE\","
                + "\"currentVersion\":{\"id\":\"<id>\",\"secretId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"status\":\"ACTIVE\",\"payloadEntryKeys\":[\"p\"],"
                + specification
                + "},\"deletionProtection\":true,"
                + specification
                + "}");
    assertThat(payload(made).member("textValue")).matches("[A-Za-z0-9]{10}");
  }

  @Test
  void payloadGivesTextAsTextAndBytesAsPaddedBase64() {
    Answer made =
        post(
            """
            {"folderId":"FOLDER","versionPayloadEntries":[{"key":"t","textValue":"käse 🔑"},
             {"key":"b","binaryValue":"-_8"}]}\
            """);
    Answer payload = payload(made);
    assertThat(payload.header("content-type")).isEqualTo("application/json");
    assertThat(payload.form())
        .isEqualTo(
            "{\"versionId\":\"<id>\",\"entries\":[{\"key\":\"t\",\"textValue\":\"käse 🔑\"},"
                + "{\"key\":\"b\",\"binaryValue\":\"+/8=\"}]}");
    for (String query : List.of("?versionId=", "?version_id=")) {
      assertThat(
              get(SECRETS
                      + "/"
                      + made.member("secretId")
                      + "/payload"
                      + query
                      + made.member("versionId"))
                  .body())
          .isEqualTo(payload.body());
    }
  }

  @Test
  void addVersionAnswersAFinishedOperationWithTheVersionInIt() {
    Answer made =
        post(
            """
            {"folderId":"FOLDER","name":"rest-ex","versionPayloadEntries":[
              {"key":"user","textValue":"u"},{"key":"old","textValue":"o"}]}\
            """);
    String id = made.member("secretId");
    Answer added =
        send(
            "/" + id + ":addVersion",
            """
            {"payload_entries":[{"key":"old"},{"key":"new","text_value":"n"},
              {"key":"user","textValue":null,"binaryValue":"AAE="}],"description":"2"}\
            """);
    assertThat(added.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Add version\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,\"metadata\":{"
                + ANY
                + "AddVersionMetadata\",\"secretId\":\"<id>\",\"versionId\":\"<id>\"},"
                + "\"response\":{"
                + ANY
                + "Version\",\"id\":\"<id>\",\"secretId\":\"<id>\","
                + "\"createdAt\":\"<ms>\",\"description\":\"2\",\"status\":\"ACTIVE\","
                + "\"payloadEntryKeys\":[\"user\",\"new\"]}}");
    String entries =
        "{\"secretId\":\"<id>\",\"versionId\":\"<id>\","
            + "\"entries\":{\"user\":\"AAE=\",\"new\":\"bg==\"}}";
    assertThat(get(SECRETS + ":getEx?secretId=" + id).form()).isEqualTo(entries);
    assertThat(
            get(SECRETS
                    + ":getEx?folderAndName.folderId="
                    + coffer.folderId()
                    + "&folder_and_name.secret_name=rest-ex")
                .form())
        .isEqualTo(entries);
    Answer refused =
        send(
            "/" + id + ":addVersion",
            "{\"payloadEntries\":[{\"key\":\"user\"}," + "{\"key\":\"new\",\"textValue\":\"\"}]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("payload_entries: must leave the version an entry");
  }

  private static String operation(String description, String metadata, String response) {
    return "{\"id\":\"<id>\",\"description\":\""
        + description
        + "\",\"createdAt\":\"<ns>\",\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\","
        + "\"done\":true,\"metadata\":{\"@type\":\"type.googleapis.com/"
        + metadata
        + "},\"response\":{\"@type\":\"type.googleapis.com/"
        + response
        + "}}";
  }

  @Test
  void aScheduledDestructionIsToldAlikeInMetadataAndResponseAndCanBeCancelled() {
    Answer made =
        post(
            "{\"folderId\":\"FOLDER\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}");
    String id = made.member("secretId");
    String version = "{\"versionId\":\"" + made.member("versionId") + "\"";
    Answer scheduled =
        send("/" + id + ":scheduleVersionDestruction", version + ",\"pendingPeriod\":\"604800s\"}");
    assertThat(scheduled.form())
        .isEqualTo(
            operation(
                "Schedule version destruction",
                "yandex.cloud.lockbox.v1.ScheduleVersionDestructionMetadata\","
                    + "\"secretId\":\"<id>\",\"versionId\":\"<id>\",\"destroyAt\":\"<ms>\"",
                "yandex.cloud.lockbox.v1.Version\",\"id\":\"<id>\",\"secretId\":\"<id>\","
                    + "\"createdAt\":\"<ms>\",\"destroyAt\":\"<ms>\","
                    + "\"status\":\"SCHEDULED_FOR_DESTRUCTION\",\"payloadEntryKeys\":[\"k\"]"));
    Answer kept = send("/" + id + ":cancelVersionDestruction", version + "}");
    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.body())
        .contains("\"description\":\"Cancel version destruction\"")
        .contains("\"status\":\"ACTIVE\"")
        .doesNotContain("destroyAt");
    Answer tooLong =
        send(
            "/" + id + ":scheduleVersionDestruction",
            version + ",\"pendingPeriod\":\"31536001s\"}");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.body()).contains("pending_period: must be 0 s to 365 days");
  }

  @Test
  void aMaskIsReadInEitherSpellingAndAnOperationIsCancelledByEitherMethod() {
    String id = post("{\"folderId\":\"FOLDER\",\"deletionProtection\":true}").member("secretId");
    Answer patched =
        coffer
            .rest()
            .send(
                coffer
                    .rest()
                    .request(SECRETS + "/" + id, coffer.token())
                    .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                            "{\"update_mask\":\"deletion_protection\"}")));
    assertThat(patched.form())
        .isEqualTo(
            operation(
                "Update secret",
                "yandex.cloud.lockbox.v1.UpdateSecretMetadata\",\"secretId\":\"<id>\"",
                "yandex.cloud.lockbox.v1.Secret\",\"id\":\"<id>\",\"folderId\":\"<id>\","
                    + "\"createdAt\":\"<ms>\",\"status\":\"ACTIVE\","
                    + "\"deletionProtection\":false"));
    String cancel = "/operations/" + patched.member("id") + ":cancel";
    assertThat(get(cancel).body()).isEqualTo(patched.body());
    assertThat(coffer.rest().post(cancel, coffer.token(), "").body()).isEqualTo(patched.body());
    Answer deleted =
        coffer.rest().send(coffer.rest().request(SECRETS + "/" + id, coffer.token()).DELETE());
    assertThat(deleted.form())
        .isEqualTo(
            operation(
                "Delete secret",
                "yandex.cloud.lockbox.v1.DeleteSecretMetadata\",\"secretId\":\"<id>\"",
                "yandex.cloud.lockbox.v1.Secret\",\"id\":\"<id>\",\"folderId\":\"<id>\","
                    + "\"createdAt\":\"<ms>\",\"deletionProtection\":false"));
  }

  @Test
  void aQuotaSaysWhatItIs() {
    String id = post("{\"folderId\":\"FOLDER\"}").member("secretId");
    String full =
        IntStream.range(0, 1000)
            .mapToObj(i ->
                "{\"roleId\":\"viewer\",\"subject\":{\"type\":\"group\",\"id\":\"g" + i + "\"}}")
            .collect(Collectors.joining(",", "{\"accessBindings\":[", "]}"));
    assertThat(send("/" + id + ":setAccessBindings", full).form())
        .isEqualTo(
            operation(
                "Set access bindings",
                "yandex.cloud.access.SetAccessBindingsMetadata\",\"resourceId\":\"<id>\"",
                "google.protobuf.Empty\""));
    Answer refused =
        send(
            "/" + id + ":updateAccessBindings",
            "{\"accessBindingDeltas\":[{\"action\":\"ADD\",\"accessBinding\":{\"roleId\":\"viewer\","
                + "\"subject\":{\"type\":\"system\",\"id\":\"allUsers\"}}}]}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body())
        .contains("\"code\":8")
        .contains(
            "{\"@type\":\"type.googleapis.com/yandex.cloud.quota.QuotaFailure\",\"violations\":["
                + "{\"metric\":{\"name\":\"access.bindings.count\",\"limit\":\"1000\","
                + "\"usage\":1000.0},\"required\":\"1001\"}]}");
  }

  @Test
  void listGivesPagesAndNoTokenOnTheLast() {
    String folder = coffer.dockerFolderId();
    for (int i = 0; i < 3; i++) {
      post("{\"folderId\":\"" + folder + "\",\"name\":\"s" + i + "\"}");
    }
    Answer first = get(SECRETS + "?folder_id=" + folder + "&page_size=2");
    String secret =
        "\\{\"id\":\"<id>\",\"folderId\":\"<id>\",\"createdAt\":\"<ms>\","
            + "\"name\":\"s\\d\",\"status\":\"ACTIVE\",\"deletionProtection\":false}";
    assertThat(first.form())
        .matches(
            "\\{\"secrets\":\\["
                + secret
                + ","
                + secret
                + "],\"nextPageToken\":\"[A-Za-z0-9_-]{1,100}\"}");
    Answer second =
        get(SECRETS + "?folderId=" + folder + "&pageToken=" + first.member("nextPageToken"));
    assertThat(second.form()).matches("\\{\"secrets\":\\[" + secret + "]}");
    assertThat(get(SECRETS + "?folderId=" + folder + "&pageSize=1000").body())
        .doesNotContain("nextPageToken");
  }

  @Test
  void anOperationCanBeAskedForAgain() {
    Answer made = post("{\"folderId\":\"FOLDER\",\"name\":\"again\"}");
    Answer again = get("/operations/" + made.member("id"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(made.body());
  }

  static Stream<Arguments> spellings() {
    return Stream.of(
        Arguments.of("camel case", "{\"folderId\":\"FOLDER\",\"versionDescription\":\"v\"}"),
        Arguments.of("snake case", "{\"folder_id\":\"FOLDER\",\"version_description\":\"v\"}"),
        Arguments.of(
            "one blank of indent", "{\n \"folderId\": \"FOLDER\",\r\n \"name\": \"\"\n}\n"),
        Arguments.of(
            "nulls",
            "{\"folderId\":\"FOLDER\",\"name\":null,\"labels\":null,\"deletionProtection\":null,"
                + "\"versionPayloadEntries\":null,\"createVersion\":null}"),
        Arguments.of("what nobody knows", "{\"folderId\":\"FOLDER\",\"x\":{\"y\":[1,true,null]}}"),
        Arguments.of("escapes", "{\"folder\\u0049d\":\"FOLDER\",\"name\":\"\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void aBodyIsReadHoweverItIsSpelledAndWhateverItIsCalled(String what, String body) {
    String json = body.replace("FOLDER", coffer.folderId());
    List<Answer> answers =
        List.of(
            post(json),
            coffer.rest().post(SECRETS, coffer.token(), "application/json", json),
            coffer.rest().post(SECRETS, coffer.token(), "application/json; charset=utf-8", json),
            coffer.rest().post(SECRETS, coffer.token(), "application/x-www-form-urlencoded", json),
            coffer.rest().post(SECRETS, coffer.token(), "text/plain", json));
    for (Answer answer : answers) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.form()).isEqualTo(answers.getFirst().form());
    }
  }

  @Test
  void createVersionDecidesWhetherThereIsAVersion() {
    String entries = "\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]";
    assertThat(post("{\"folderId\":\"FOLDER\",\"createVersion\":false," + entries + "}").body())
        .doesNotContain("versionId")
        .doesNotContain("currentVersion");
    assertThat(post("{\"folderId\":\"FOLDER\",\"createVersion\":true}").status()).isEqualTo(400);
  }

  @Test
  void everyAnswerSaysItsRequestsId() {
    Answer answer = get("/endpoints");
    assertThat(answer.header("x-request-id"))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .isEqualTo(answer.header("x-server-request-id"))
        .isEqualTo(answer.header("x-server-trace-id"));
    assertThat(get("/endpoints").header("x-request-id"))
        .isNotEqualTo(answer.header("x-request-id"));
    assertThat(answer.header("server")).isEmpty();
  }

  @Test
  void anyFormOfBearerIsBelieved() {
    for (String scheme : List.of("Bearer", "bearer", "BEARER")) {
      String header = "Authorization: " + scheme + "  " + coffer.token() + "\r\n";
      assertThat(
              Raw.ask(
                      coffer.plaintext(),
                      "GET " + SECRETS + "?folderId=" + coffer.folderId(),
                      header,
                      "")
                  .status())
          .isEqualTo(200);
    }
  }

  private static Answer payload(Answer made) {
    return get(SECRETS + "/" + made.member("secretId") + "/payload");
  }

  private static Answer get(String path) {
    return coffer.rest().get(path, coffer.token());
  }

  private static Answer send(String path, String body) {
    return coffer.rest().post(SECRETS + path, coffer.token(), body);
  }

  private static Answer post(String body) {
    return coffer.rest().post(SECRETS, coffer.token(), body.replace("FOLDER", coffer.folderId()));
  }
}
