package io.coffer.api.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys over REST, in the JSON form of Yandex Cloud. */
@Timeout(120)
final class KmsRestTest {
  private static final String KEYS = "/kms/v1/keys";

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
    return coffer.rest().post(KEYS + path, coffer.token(), body);
  }

  private static Answer get(String path) {
    return coffer.rest().get(KEYS + path, coffer.token());
  }

  private static Answer send(String method, String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(KEYS + path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String in(Answer answer, String name) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
    assertThat(value.find()).as(answer.body()).isTrue();
    return value.group(1);
  }

  private static String made(String more) {
    return in(
        post(
            "",
            "{\"folderId\":\""
                + coffer.folderId()
                + "\",\"defaultAlgorithm\":\"AES_256\""
                + more
                + "}"),
        "keyId");
  }

  @Test
  void aKeyIsMadeShownChangedListedAndDeleted() {
    String keyId = made(",\"name\":\"n\",\"rotationPeriod\":\"86400s\"");

    assertThat(get("/" + keyId).body())
        .contains("\"id\":\"" + keyId + "\"")
        .contains("\"rotationPeriod\":\"86400s\"")
        .contains("\"deletionProtection\":false")
        .contains("\"primary\":true")
        .contains("\"hostedByHsm\":false")
        .contains("\"status\":\"ACTIVE\"");
    Answer updated =
        send("PATCH", "/" + keyId, "{\"updateMask\":\"name,rotationPeriod\",\"name\":\"m\"}");
    assertThat(in(updated, "description")).isEqualTo("Update symmetric key");
    assertThat(updated.body())
        .contains(
            "\"@type\":\"type.googleapis.com/yandex.cloud.kms.v1.UpdateSymmetricKeyMetadata\"")
        .contains("\"@type\":\"type.googleapis.com/yandex.cloud.kms.v1.SymmetricKey\"")
        .contains("\"name\":\"m\"")
        .doesNotContain("rotationPeriod");
    assertThat(in(post("/" + keyId + ":rotate", ""), "description"))
        .isEqualTo("Rotate symmetric key");
    assertThat(get("/" + keyId + "/versions").body().split("\"keyId\"", -1)).hasSize(3);
    assertThat(get("/" + keyId + "/operations").body())
        .contains("Rotate symmetric key")
        .contains("Create symmetric key");
    assertThat(get("?folderId=" + coffer.folderId()).body()).contains(keyId);
    assertThat(in(send("DELETE", "/" + keyId, ""), "keyId")).isEqualTo(keyId);
    assertThat(get("/" + keyId).status()).isEqualTo(404);
  }

  @Test
  void aPlaintextGoesThereAndBack() {
    String keyId = made("");
    String plaintext = Base64.getEncoder().encodeToString("hush".getBytes(UTF_8));
    String ciphertext =
        in(
            post(
                "/" + keyId + ":encrypt",
                "{\"plaintext\":\"" + plaintext + "\",\"aadContext\":\"Yw==\"}"),
            "ciphertext");

    assertThat(
            in(
                post(
                    "/" + keyId + ":decrypt",
                    "{\"ciphertext\":\"" + ciphertext + "\",\"aadContext\":\"Yw==\"}"),
                "plaintext"))
        .isEqualTo(plaintext);
    Answer refused = post("/" + keyId + ":decrypt", "{\"ciphertext\":\"" + ciphertext + "\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":3").doesNotContain(ciphertext);
    assertThat(
            in(
                post("/" + keyId + ":generateDataKey", "{\"dataKeySpec\":\"AES_128\"}"),
                "dataKeyPlaintext"))
        .hasSize(24);
  }

  @Test
  void aDisabledKeyIsAFailedPrecondition() {
    String keyId = made("");
    in(send("PATCH", "/" + keyId, "{\"updateMask\":\"status\",\"status\":\"INACTIVE\"}"), "keyId");

    Answer refused = post("/" + keyId + ":encrypt", "{\"plaintext\":\"cGxhaW4=\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":9").contains("key is INACTIVE");
  }

  @Test
  void aRoleIsBoundOnAKeyAndListed() {
    String keyId = made("");
    Answer set =
        post(
            "/" + keyId + ":setAccessBindings",
            "{\"accessBindings\":[{\"roleId\":\"kms.keys.user\",\"subject\":"
                + "{\"id\":\"ajesomebody\",\"type\":\"serviceAccount\"}}]}");
    assertThat(in(set, "resourceId")).isEqualTo(keyId);
    assertThat(set.body()).contains("google.protobuf.Empty");

    assertThat(get("/" + keyId + ":listAccessBindings").body())
        .contains("kms.keys.user")
        .contains("ajesomebody");
  }

  @Test
  void aKeyIsMadeAndRotatedOnceByItsIdempotencyKey() {
    String create = "{\"folderId\":\"" + coffer.folderId() + "\",\"defaultAlgorithm\":\"AES_256\"}";
    String keyId = in(once("", create), "keyId");
    assertThat(in(once("", create), "keyId")).isEqualTo(keyId);

    Answer rotated = once("/" + keyId + ":rotate", "{}");
    assertThat(once("/" + keyId + ":rotate", "{}").body()).isEqualTo(rotated.body());
    assertThat(get("/" + keyId + "/versions").body().split("\"keyId\"", -1)).hasSize(3);
  }

  private static Answer once(String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(KEYS + path, coffer.token())
                .header("Idempotency-Key", "made once")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
