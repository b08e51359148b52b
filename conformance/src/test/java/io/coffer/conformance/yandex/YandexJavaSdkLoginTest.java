package io.coffer.conformance.yandex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.lockbox.LockboxClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way in that the stock Java SDK has, through discovery, to a payload. */
@Timeout(180)
class YandexJavaSdkLoginTest {
  @AutoClose private final CofferProcess coffer = CofferProcess.start();
  @AutoClose private LockboxClient administrator;
  private String secretId = "";

  @TempDir private static Path directory;

  @BeforeEach
  void start() {
    administrator = new LockboxClient(environment());
    secretId = administrator.create(environment().folderId(), "read-by-all", "k", "v");
  }

  private ClientEnvironment environment() {
    return coffer.environment();
  }

  private LockboxProgram loggedIn(String credential) throws IOException {
    return YandexSdk.start(environment(), environment().caCertificate(), credential, directory);
  }

  /** Of an account that may read payloads in the folder and nothing else. */
  private JsonNode freshApiKey() {
    String account =
        administrator
            .post(
                "/iam/v1/serviceAccounts",
                "{\"folderId\":\"%s\",\"name\":\"reader\"}".formatted(environment().folderId()))
            .at("/metadata/serviceAccountId")
            .asText();
    administrator.post(
        "/resource-manager/v1/folders/" + environment().folderId() + ":updateAccessBindings",
        """
        {"accessBindingDeltas":[{"action":"ADD","accessBinding":{"roleId":"lockbox.payloadViewer",
          "subject":{"id":"%s","type":"serviceAccount"}}}]}
        """
            .formatted(account));
    return administrator.post(
        "/iam/v1/apiKeys", "{\"serviceAccountId\":\"%s\"}".formatted(account));
  }

  @Test
  void keyFileTokenAndApiKeyEachReadAPayload() throws IOException {
    List<String> payload = List.of("k=v");
    try (LockboxProgram byKeyFile = loggedIn(environment().keyFile().toString())) {
      assertThat(byKeyFile.payload(secretId)).isEqualTo(payload);
    }
    try (LockboxProgram byToken = loggedIn(environment().token())) {
      assertThat(byToken.payload(secretId)).isEqualTo(payload);
    }
    JsonNode apiKey = freshApiKey();
    try (LockboxProgram byApiKey = loggedIn("Api-Key " + apiKey.path("secret").asText())) {
      assertThat(byApiKey.payload(secretId)).isEqualTo(payload);
      assertThat(
              LockboxClientContract.refusal(
                      () -> byApiKey.create(environment().folderId(), "not-its-right", "k=v"))
                  .code())
          .isEqualTo(Refused.PERMISSION_DENIED);
    }
    try (LockboxProgram byNone = loggedIn("Api-Key " + apiKey.at("/apiKey/id").asText())) {
      assertThat(LockboxClientContract.refusal(() -> byNone.payload(secretId)).code())
          .isEqualTo(Refused.UNAUTHENTICATED);
    }
  }
}
