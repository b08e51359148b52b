package io.coffer.api.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.server.Answer;
import io.coffer.server.AuthorizedKey;
import io.coffer.server.RunningCoffer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An account from its making to its end, over REST, in the JSON form of Yandex Cloud. */
@Timeout(120)
final class AccountsOverRestTest {
  private static final String ACCOUNTS = "/iam/v1/serviceAccounts";
  private static final String KEYS = "/iam/v1/keys";

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

  private static Answer post(String path, String body) {
    return coffer.rest().post(path, coffer.token(), body);
  }

  private static Answer get(String path) {
    return coffer.rest().get(path, coffer.token());
  }

  private static Answer send(String method, String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String made(String name) {
    Answer answer =
        post(ACCOUNTS, "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":\"" + name + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.member("serviceAccountId");
  }

  @Test
  void anAccountIsMadeShownChangedListedAndDeleted() {
    Answer made =
        post(
            ACCOUNTS,
            "{\"folderId\":\""
                + coffer.folderId()
                + "\",\"name\":\"shown\",\"description\":\"d\",\"labels\":{\"k\":\"v\"},"
                + "\"expiresAt\":\"2100-01-01T00:00:00Z\"}");
    assertThat(made.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Create service account\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,"
                + "\"metadata\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.iam.v1.CreateServiceAccountMetadata\","
                + "\"serviceAccountId\":\"<id>\"},"
                + "\"response\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.iam.v1.ServiceAccount\","
                + "\"id\":\"<id>\",\"folderId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"name\":\"shown\",\"description\":\"d\",\"labels\":{\"k\":\"v\"},"
                + "\"status\":\"ACTIVE\",\"expiresAt\":\"<ms>\"}}");
    String id = made.member("serviceAccountId");
    Answer shown = get(ACCOUNTS + "/" + id);
    assertThat(made.body()).contains(shown.body().substring(1));
    assertThat(
            get(ACCOUNTS + "?folderId=" + coffer.folderId() + "&filter=name%3D%22shown%22").body())
        .isEqualTo("{\"serviceAccounts\":[" + shown.body() + "]}");

    Answer changed = send("PATCH", ACCOUNTS + "/" + id, "{\"updateMask\":\"expiresAt,labels\"}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(get(ACCOUNTS + "/" + id).body())
        .contains("\"name\":\"shown\"", "\"description\":\"d\"")
        .doesNotContain("expiresAt", "labels");
    assertThat(post(ACCOUNTS + "/" + id + ":suspend", "{\"reason\":\"r\"}").body())
        .contains("yandex.cloud.iam.v1.SuspendServiceAccountResponse");
    assertThat(get(ACCOUNTS + "/" + id).body()).contains("\"status\":\"SUSPENDED\"");
    assertThat(post(ACCOUNTS + "/" + id + ":reactivate", "").status()).isEqualTo(200);
    assertThat(get(ACCOUNTS + "/" + id + "/operations").body())
        .contains("Create service account", "Update service account", "Suspend service account");

    Answer bound =
        post(
            ACCOUNTS + "/" + id + ":setAccessBindings",
            "{\"accessBindings\":[{\"roleId\":\"iam.serviceAccounts.user\",\"subject\":"
                + "{\"id\":\"ajesomebody\",\"type\":\"serviceAccount\"}}]}");
    assertThat(bound.body()).contains("yandex.cloud.access.AccessBindingsOperationResult");
    assertThat(get(ACCOUNTS + "/" + id + ":listAccessBindings").body())
        .contains("iam.serviceAccounts.user");

    Answer gone = send("DELETE", ACCOUNTS + "/" + id, "");
    assertThat(gone.body())
        .contains("DeleteServiceAccountMetadata", "google.protobuf.Empty", "\"done\":true");
    assertThat(get(ACCOUNTS + "/" + id).status()).isEqualTo(404);
    assertThat(get("/operations/" + gone.member("id")).body()).isEqualTo(gone.body());
  }

  @Test
  void aKeyLogsInAndItsAccountMayWhatItIsGrantedUntilTheKeyIsGone() throws JOSEException {
    String id = made("robot");
    Answer created =
        post(KEYS, "{\"serviceAccountId\":\"" + id + "\",\"keyAlgorithm\":\"RSA_2048\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    assertThat(created.header("content-type")).isEqualTo("application/json");
    String keyId = created.member("id");
    assertThat(created.body())
        .contains("\"keyAlgorithm\":\"RSA_2048\"")
        .contains("\"privateKey\":\"PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID ");
    String pem = unescaped(created.member("privateKey"));
    String token = login(keyId, id, pem);
    String secrets = "/lockbox/v1/secrets?folderId=" + coffer.folderId();

    assertThat(coffer.rest().get(secrets, token).status()).isEqualTo(403);
    Answer granted =
        post(
            "/resource-manager/v1/folders/" + coffer.folderId() + ":updateAccessBindings",
            "{\"accessBindingDeltas\":[{\"action\":\"ADD\",\"accessBinding\":"
                + "{\"roleId\":\"lockbox.viewer\",\"subject\":{\"type\":\"serviceAccount\","
                + "\"id\":\""
                + id
                + "\"}}}]}");
    assertThat(granted.status()).as(granted.body()).isEqualTo(200);
    assertThat(coffer.rest().get(secrets, token).status()).isEqualTo(200);

    assertThat(get(KEYS + "/" + keyId).body())
        .contains("BEGIN PUBLIC KEY")
        .doesNotContain("PRIVATE");
    assertThat(get(KEYS + "?serviceAccountId=" + id).body()).contains(keyId);
    Answer described = send("PATCH", KEYS + "/" + keyId, "{\"description\":\"d\"}");
    assertThat(described.body()).contains("UpdateKeyMetadata", "yandex.cloud.iam.v1.Key");
    assertThat(send("PATCH", KEYS + "/" + keyId, "{\"updateMask\":\"publicKey\"}").status())
        .isEqualTo(400);
    assertThat(get(KEYS + "/" + keyId + "/operations").body()).contains("Update key");

    String lent =
        post("/iam/v1/tokens:createForServiceAccount", "{\"serviceAccountId\":\"" + id + "\"}")
            .member("iamToken");
    assertThat(send("DELETE", KEYS + "/" + keyId, "").body())
        .contains("DeleteKeyMetadata", "google.protobuf.Empty");
    assertThat(coffer.rest().get(secrets, token).status()).isEqualTo(401);
    assertThat(coffer.rest().get(secrets, lent).status()).isEqualTo(200);
    assertThat(answerToLogin(keyId, id, pem).status()).isEqualTo(401);
    assertThat(send("DELETE", ACCOUNTS + "/" + id, "").status()).isEqualTo(200);
    assertThat(coffer.rest().get(secrets, lent).status()).isEqualTo(401);
  }

  private static String unescaped(String json) {
    return json.replace("\\n", "\n")
        .replace("\\u003c", "<")
        .replace("\\u003d", "=")
        .replace("\\u003e", ">");
  }

  private static String login(String keyId, String accountId, String pem) throws JOSEException {
    Answer answer = answerToLogin(keyId, accountId, pem);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.member("iamToken");
  }

  private static Answer answerToLogin(String keyId, String accountId, String pem)
      throws JOSEException {
    Instant now = Instant.now();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(keyId).build(),
            new JWTClaimsSet.Builder()
                .issuer(accountId)
                .audience(AuthorizedKey.AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .build());
    jwt.sign(new RSASSASigner(JWK.parseFromPEMEncodedObjects(pem).toRSAKey().toPrivateKey()));
    return coffer.rest().post("/iam/v1/tokens", "", "{\"jwt\":\"" + jwt.serialize() + "\"}");
  }

  @Test
  void whatIsAskedForWronglyIsAnInvalidArgument() {
    String folder = "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":";
    for (String body :
        new String[] {
          folder + "\"\"}",
          folder + "\"Upper\"}",
          folder + "\"a-\"}",
          folder + "\"" + "a".repeat(64) + "\"}",
          folder + "\"a\",\"description\":\"" + "d".repeat(257) + "\"}",
          folder + "\"a\",\"expiresAt\":\"2106-01-01T00:00:00Z\"}",
          folder + "\"a\",\"expiresAt\":\"1969-12-31T23:59:59Z\"}",
          folder + "\"a\",\"labels\":{\"K\":\"v\"}}",
        }) {
      assertThat(post(ACCOUNTS, body).status()).as(body).isEqualTo(400);
    }
    assertThat(get(ACCOUNTS + "?folderId=" + coffer.folderId() + "&filter=id%3D1").status())
        .isEqualTo(400);
    assertThat(post(KEYS, "{\"keyAlgorithm\":7}").status()).isEqualTo(400);
    assertThat(get(ACCOUNTS + "?folderId=" + coffer.folderId() + "&pageSize=1001").status())
        .isEqualTo(400);
  }

  @Test
  void whoMayNotIsToldNothing() {
    String stranger = made("stranger");
    String robot = made("robot-of-another");
    String token =
        post(
                "/iam/v1/tokens:createForServiceAccount",
                "{\"serviceAccountId\":\"" + stranger + "\"}")
            .member("iamToken");
    for (String id : new String[] {robot, "ajenone"}) {
      Answer refused = coffer.rest().get(ACCOUNTS + "/" + id, token);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.member("message"))
          .isEqualTo("Permission denied to iam.serviceAccount " + id);
      assertThat(coffer.rest().get(KEYS + "/" + id, token).member("message"))
          .isEqualTo("Permission denied to iam.key " + id);
      assertThat(
              coffer
                  .rest()
                  .post(
                      "/iam/v1/tokens:createForServiceAccount",
                      token,
                      "{\"serviceAccountId\":\"" + id + "\"}")
                  .status())
          .isEqualTo(403);
    }
  }
}
