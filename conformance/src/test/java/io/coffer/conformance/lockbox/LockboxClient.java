package io.coffer.conformance.lockbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The REST calls of an application, as whom the environment's token says. */
public final class LockboxClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI base;
  private final String token;

  public LockboxClient(ClientEnvironment environment) {
    this.base = environment.plaintextUrl();
    this.token = environment.token();
  }

  /** Creates a secret with one text entry; returns its id. */
  public String create(String folderId, String name, String key, String text) {
    String body =
        """
        {"folderId":"%s","name":"%s","versionPayloadEntries":[{"key":"%s","textValue":"%s"}]}
        """
            .formatted(folderId, name, key, text);
    return post("/lockbox/v1/secrets", body).at("/metadata/secretId").asText();
  }

  /** Adds a version in which {@code key} is {@code text} and the rest as before; returns its id. */
  public String addVersion(String secretId, String key, String text) {
    String body =
        """
        {"payloadEntries":[{"key":"%s","textValue":"%s"}]}
        """
            .formatted(key, text);
    return post("/lockbox/v1/secrets/" + secretId + ":addVersion", body)
        .at("/metadata/versionId")
        .asText();
  }

  public JsonNode post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** As {@link #post}, to be done once however often it is sent with this key. */
  public JsonNode postOnce(String path, String body, String idempotencyKey) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public JsonNode read(String path) {
    return send(request(path).build());
  }

  /** The secrets of a folder, asked for page by page. */
  public List<JsonNode> secrets(String folderId, int pageSize) {
    List<JsonNode> secrets = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          read(
              "/lockbox/v1/secrets?folderId=%s&pageSize=%d&pageToken=%s"
                  .formatted(folderId, pageSize, URLEncoder.encode(token, UTF_8)));
      page.path("secrets").forEach(secrets::add);
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return secrets;
  }

  /** The bytes of a secret's only entry, text or binary. */
  public byte[] onlyValue(String secretId) {
    JsonNode entries = read("/lockbox/v1/secrets/" + secretId + "/payload").path("entries");
    if (entries.size() != 1) {
      throw new Mismatch("one entry expected, not " + entries.size());
    }
    JsonNode entry = entries.path(0);
    return entry.has("textValue")
        ? entry.path("textValue").asText().getBytes(UTF_8)
        : Base64.getDecoder().decode(entry.path("binaryValue").asText());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      if (answer.statusCode() != 200) {
        throw new Mismatch(
            request.uri().getPath() + " answered " + answer.statusCode() + " " + answer.body());
      }
      return Json.parse(answer.body());
    } catch (IOException e) {
      throw new Mismatch("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
