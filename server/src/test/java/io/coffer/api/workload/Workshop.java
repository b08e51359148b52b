package io.coffer.api.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A server with accounts, secrets and federations as tests of workload identity want them. */
final class Workshop implements AutoCloseable {
  static final String TYPE = "urn:ietf:params:oauth:token-type:";
  static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";

  private volatile Duration ahead = Duration.ZERO;
  private final RunningCoffer coffer;
  private final ClientFactory factory;

  Workshop(Path home, Map<Setting, String> settings) {
    this.coffer = RunningCoffer.start(home, settings, () -> Instant.now().plus(ahead));
    this.factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
  }

  RunningCoffer coffer() {
    return coffer;
  }

  /** By the server's clock. */
  Instant now() {
    return Instant.now().plus(ahead);
  }

  void advance(Duration step) {
    ahead = ahead.plus(step);
  }

  private String made(String path, String body, String member) {
    Answer answer = coffer.rest().post(path, coffer.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.member(member);
  }

  String account(String name) {
    return made(
        "/iam/v1/serviceAccounts",
        "{\"folderId\":\"%s\",\"name\":\"%s\"}".formatted(coffer.folderId(), name),
        "serviceAccountId");
  }

  String secret(String value) {
    return made(
        "/lockbox/v1/secrets",
        "{\"folderId\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"%s\"}]}"
            .formatted(coffer.folderId(), value),
        "secretId");
  }

  void mayRead(String account, String secret) {
    made(
        "/lockbox/v1/secrets/" + secret + ":updateAccessBindings",
        ("{\"accessBindingDeltas\":[{\"action\":\"ADD\",\"accessBinding\":{\"roleId\":"
                + "\"lockbox.payloadViewer\",\"subject\":{\"type\":\"serviceAccount\",\"id\":\"%s\"}}}]}")
            .formatted(account),
        "id");
  }

  String federation(String name, String issuer, String audience, String jwksUrl) {
    return made(
        "/iam/v1/workload/oidc/federations",
        "{\"folderId\":\"%s\",\"name\":\"%s\",\"issuer\":\"%s\",\"audiences\":[\"%s\"],\"jwksUrl\":\"%s\"}"
            .formatted(coffer.folderId(), name, issuer, audience, jwksUrl),
        "federationId");
  }

  String credential(String account, String federation, String subject) {
    return made(
        "/iam/v1/workload/federatedCredentials",
        "{\"serviceAccountId\":\"%s\",\"federationId\":\"%s\",\"externalSubjectId\":\"%s\"}"
            .formatted(account, federation, subject),
        "federatedCredentialId");
  }

  /** As a form, the way the documentation of clients has it. */
  Answer exchange(String account, String token) {
    return post("application/x-www-form-urlencoded", form(account, token));
  }

  static String form(String account, String token) {
    return "grant_type="
        + encoded(GRANT)
        + "&requested_token_type="
        + encoded(TYPE + "access_token")
        + "&audience="
        + account
        + "&subject_token="
        + encoded(token)
        + "&subject_token_type="
        + encoded(TYPE + "id_token");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String json(String account, String token) {
    return ("{\"grant_type\":\"%s\",\"requested_token_type\":\"%saccess_token\",\"audience\":\"%s\","
            + "\"subject_token\":\"%s\",\"subject_token_type\":\"%sid_token\"}")
        .formatted(GRANT, TYPE, account, token, TYPE);
  }

  Answer post(String contentType, String body) {
    return coffer.rest().post("/oauth/token", "", contentType, body);
  }

  String given(String account, String token) {
    Answer answer = exchange(account, token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.member("access_token");
  }

  Answer read(String secret, String token) {
    return coffer.rest().get("/lockbox/v1/secrets/" + secret + "/payload", token);
  }

  Answer send(String method, String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  <T> T stub(Class<T> type, String token) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", "Bearer " + token)
        .build(type);
  }

  String readOverGrpc(String secret, String token) {
    return stub(PayloadServiceGrpc.PayloadServiceBlockingStub.class, token)
        .get(GetPayloadRequest.newBuilder().setSecretId(secret).build())
        .getEntries(0)
        .getTextValue();
  }

  @Override
  public void close() {
    factory.close();
    coffer.close();
  }
}
