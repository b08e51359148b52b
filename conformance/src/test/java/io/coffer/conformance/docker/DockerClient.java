package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A client of the secrets API on one kept connection. Not for several threads. */
public final class DockerClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CREATED = 201;

  private final RawHttp http;

  public DockerClient(Path socket) {
    this.http = new RawHttp(socket, PATIENCE);
  }

  /** Creates a secret and returns its id; throws {@link Mismatch} unless that was acknowledged. */
  public String create(String name, byte[] data) {
    String spec =
        "{\"Name\":\"%s\",\"Data\":\"%s\"}"
            .formatted(name, Base64.getEncoder().encodeToString(data));
    HttpAnswer answer = post("/secrets/create", spec);
    if (answer.status() != CREATED) {
      throw new Mismatch("create answered " + answer.status() + " " + answer.text());
    }
    return answer.json().path("ID").asText();
  }

  /** Posts JSON and returns the answer, whatever it is. */
  public HttpAnswer post(String path, String body) {
    return http.exchange(
        new HttpRequest("POST", path, Map.of(), body.getBytes(UTF_8), false, false));
  }

  /** Sends a request without a body and returns the answer, whatever it is. */
  public HttpAnswer send(String method, String path) {
    return http.exchange(HttpRequest.plain(method, path));
  }

  /** The names of all secrets. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (JsonNode secret : http.exchange(HttpRequest.plain("GET", "/secrets")).json()) {
      names.add(secret.path("Spec").path("Name").asText());
    }
    return names;
  }

  /** The answer to looking at one secret, whatever it is, as text. */
  public String inspect(String reference) {
    return http.exchange(HttpRequest.plain("GET", "/secrets/" + reference)).text();
  }

  @Override
  public void close() {
    http.close();
  }
}
