package io.coffer.conformance.lockbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Over HTTP/1.1 to one address that serves every host of the API. */
final class RestClient implements Client {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SAFE = "/:?&=%.,~-_!$'()*+;@";
  private static final String NO_TOKEN = "none";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI base;
  private final Map<String, String> tokens;

  /** {@code tokens} by the name a step gives in {@code auth}. */
  RestClient(URI base, Map<String, String> tokens) {
    this.base = base;
    this.tokens = Map.copyOf(tokens);
  }

  @Override
  public Answer send(Step step, Variables variables) {
    String root = base.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + escaped(variables.fill(step.path()))))
            .timeout(PATIENCE)
            .method(step.method(), body(step, variables));
    headers(step, variables).forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new Mismatch("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("interrupted", e);
    }
  }

  private static BodyPublisher body(Step step, Variables variables) {
    String raw = step.rawBody();
    if (raw != null) {
      return BodyPublishers.ofString(raw);
    }
    JsonNode body = step.body();
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString(variables.fill(body).toString());
  }

  private Map<String, String> headers(Step step, Variables variables) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "application/json");
    if (step.rawBody() != null || step.body() != null) {
      headers.put("Content-Type", "application/json");
    }
    if (!step.auth().equals(NO_TOKEN)) {
      String token = tokens.get(step.auth());
      if (token == null) {
        throw new Mismatch("no token " + step.auth());
      }
      headers.put("Authorization", "Bearer " + token);
    }
    step.headers()
        .forEach((name, value) -> {
          if (value == null) {
            headers.remove(name);
          } else {
            headers.put(name, variables.fill(value));
          }
        });
    return headers;
  }

  /** {@code path} with every byte in percent form that is neither a letter, a digit nor safe. */
  private static String escaped(String path) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : path.getBytes(UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain =
          letter < 0x80 && (Character.isLetterOrDigit(letter) || SAFE.indexOf(letter) >= 0);
      escaped.append(plain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
    }
    return escaped.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
