package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Shorthands for tests that read bodies. */
final class Read {
  static final String JSON = "application/json";

  private Read() {}

  /** The caller closes it. */
  static SecretSpec spec(String body) {
    return spec(body.getBytes(UTF_8));
  }

  static SecretSpec spec(byte[] body) {
    return JsonBody.secretSpec(JSON, body.length, body);
  }

  /** What is said about a body, without the prefix all of them have. */
  static String error(String body) {
    return error(body.getBytes(UTF_8));
  }

  static String error(byte[] body) {
    try (SecretSpec spec = spec(body)) {
      return "accepted: " + spec;
    } catch (DockerError e) {
      return e.status() + " " + e.text();
    }
  }

  /** The data of a body as characters 0 to 255. */
  static String data(String body) {
    try (SecretSpec spec = spec(body)) {
      return spec.data().lend(bytes -> new String(bytes, ISO_8859_1));
    }
  }

  /** The body of a create whose data is {@code json}. */
  static String withData(String json) {
    return "{\"Name\":\"q\",\"Data\":" + json + "}";
  }
}
