package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.quota.QuotaFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Idempotency keys, filters, tags and quotas, as clients meet them. */
@Timeout(120)
final class BeyondTest {
  private static final String SECRETS = "/lockbox/v1/secrets";

  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  @Test
  void aKeyGivesTheFirstOperationAgain() {
    Answer first = create("k-1", "{\"folderId\":\"FOLDER\",\"name\":\"once\"}");
    assertThat(first.status()).isEqualTo(200);
    Answer again = create("k-1", "{\"name\":\"once\", \"folder_id\":\"FOLDER\"}");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(create("k-2", "{\"folderId\":\"FOLDER\",\"name\":\"once\"}").member("id"))
        .isNotEqualTo(first.member("id"));
    assertThat(list("name=\"once\"").body().split("\"name\":\"once\"", -1)).hasSize(3);
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    assertThat(create("k-3", "{\"folderId\":\"FOLDER\",\"name\":\"one\"}").status()).isEqualTo(200);
    Answer refused = create("k-3", "{\"folderId\":\"FOLDER\",\"name\":\"other\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .startsWith(
            "{\"code\":3,\"message\":\"idempotency-key: was used for another request, "
                + "and is kept for it\"");
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    assertThat(create("k".repeat(128), "{\"folderId\":\"FOLDER\"}").status()).isEqualTo(200);
    Answer refused = create("k".repeat(129), "{\"folderId\":\"FOLDER\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("idempotency-key: length must be");
  }

  @Test
  void overGrpcTheKeyIsMetadata() {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        GrpcClients.builder("gproto+" + coffer.url())
            .factory(factory)
            .addHeader("authorization", "Bearer " + coffer.token())
            .addHeader("idempotency-key", "k-grpc")
            .build(SecretServiceGrpc.SecretServiceBlockingStub.class);
    CreateSecretRequest request =
        CreateSecretRequest.newBuilder()
            .setFolderId(coffer.folderId())
            .putLabels("b", "2")
            .putLabels("a", "1")
            .build();
    Operation first = secrets.create(request);
    assertThat(secrets.create(request)).isEqualTo(first);
    // The same method, caller and key over the other transport: the same call.
    Answer again =
        create("k-grpc", "{\"folderId\":\"FOLDER\",\"labels\":{\"a\":\"1\",\"b\":\"2\"}}");
    assertThat(again.member("id")).isEqualTo(first.getId());
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> secrets.create(request.toBuilder().setName("n").build()));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void callsAtOnceWithOneKeyHaveOneEffect() throws Exception {
    Set<String> ids = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(
            callers.submit(() -> create("k-many", "{\"folderId\":\"FOLDER\",\"name\":\"many\"}")));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
        ids.add(answer.get().member("id"));
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(list("name=\"many\"").body().split("\"name\":\"many\"", -1)).hasSize(2);
  }

  @Test
  void aFilterThatIsNoneSaysHowOneLooks() {
    Answer answer = list("name~db");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"code\":3,\"message\":\"filter: must be terms joined");
  }

  @Test
  void aFilterShowsByNameLabelAndStatus() {
    for (String name : List.of("flt-a", "flt-b", "xflt")) {
      Answer made =
          create(
              "",
              "{\"folderId\":\"FOLDER\",\"name\":\"" + name + "\",\"labels\":{\"for\":\"flt\"}}");
      assertThat(made.status()).isEqualTo(200);
    }
    assertThat(list("name=\"flt-*\" AND labels.for=\"flt\" AND status=\"ACTIVE\"").body())
        .contains("flt-a", "flt-b")
        .doesNotContain("xflt");
    assertThat(list("labels.for=\"flt\" AND status=\"INACTIVE\"").body()).isEqualTo("{}");
  }

  @Test
  void whoHasThePayloadIsNotSentItAgain() {
    String id =
        create(
                "",
                "{\"folderId\":\"FOLDER\",\"versionPayloadEntries\":"
                    + "[{\"key\":\"k\",\"textValue\":\"v\"}]}")
            .member("secretId");
    String path = SECRETS + "/" + id + "/payload";
    Answer first = coffer.rest().get(path, coffer.token());
    String etag = first.header("etag");
    assertThat(etag).isEqualTo("\"" + first.member("versionId") + "\"");
    assertThat(first.header("cache-control")).isEqualTo("private, no-store");
    for (String has : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      Answer again = conditional(path, coffer.token(), has);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("etag")).isEqualTo(etag);
      assertThat(again.header("x-request-id")).isNotEmpty();
    }
    for (String other : List.of("\"x\"", first.member("versionId"))) {
      Answer again = conditional(path, coffer.token(), other);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
    }
    assertThat(conditional(path, "", etag).status()).isEqualTo(401);
    assertThat(conditional(path + "?versionId=nope", coffer.token(), etag).status()).isEqualTo(404);
  }

  @Test
  void aFullCloudSaysSoWithTheQuotaAsADetail(@TempDir Path other) throws Exception {
    try (RunningCoffer small = RunningCoffer.start(other, Map.of(Setting.SECRETS_PER_CLOUD, "1"));
        ClientFactory trusting =
            ClientFactory.builder()
                .tlsCustomizer(tls -> tls.trustManager(small.caCertificate().toFile()))
                .build()) {
      String body = "{\"folderId\":\"" + small.folderId() + "\"}";
      assertThat(small.rest().post(SECRETS, small.token(), body).status()).isEqualTo(200);
      Answer full = small.rest().post(SECRETS, small.token(), body);
      assertThat(full.status()).isEqualTo(429);
      assertThat(full.form())
          .isEqualTo(
              "{\"code\":8,\"message\":\"quota lockbox.secrets.count is 1\",\"details\":["
                  + "{\"@type\":\"type.googleapis.com/google.rpc.RequestInfo\","
                  + "\"requestId\":\"<uuid>\"},"
                  + "{\"@type\":\"type.googleapis.com/yandex.cloud.quota.QuotaFailure\","
                  + "\"violations\":[{\"metric\":{\"name\":\"lockbox.secrets.count\","
                  + "\"limit\":\"1\",\"usage\":1.0},\"required\":\"2\"}]}]}");
      StatusRuntimeException refusal =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  GrpcClients.builder("gproto+" + small.url())
                      .factory(trusting)
                      .addHeader("authorization", "Bearer " + small.token())
                      .build(SecretServiceGrpc.SecretServiceBlockingStub.class)
                      .create(
                          CreateSecretRequest.newBuilder().setFolderId(small.folderId()).build()));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
      if (status == null) {
        throw new AssertionError("no status");
      }
      assertThat(status.getDetails(1).unpack(QuotaFailure.class).getViolations(0).getRequired())
          .isEqualTo(2);
    }
  }

  private static Answer create(String key, String body) {
    HttpRequest.Builder request =
        coffer
            .rest()
            .request(SECRETS, coffer.token())
            .POST(HttpRequest.BodyPublishers.ofString(body.replace("FOLDER", coffer.folderId())));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return coffer.rest().send(request);
  }

  private static Answer list(String filter) {
    return coffer
        .rest()
        .get(
            SECRETS
                + "?pageSize=1000&folderId="
                + coffer.folderId()
                + "&filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8),
            coffer.token());
  }

  private static Answer conditional(String path, String token, String has) {
    return coffer
        .rest()
        .send(coffer.rest().request(path, token).header("If-None-Match", has).GET());
  }
}
