package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Reads the body of create and update. */
public final class JsonBody {
  /** The declared length of a chunked body. */
  public static final long UNKNOWN_LENGTH = -1;

  private JsonBody() {}

  /**
   * The spec in {@code body}, which the caller wipes afterwards; he closes the spec. A body that
   * was declared empty gives an empty spec.
   *
   * @param contentType of the request, empty if absent
   * @param declaredLength the Content-Length (0 if there is neither that nor chunks) or {@link
   *     #UNKNOWN_LENGTH}
   * @throws DockerError 400 on the first rule that is broken: content type, syntax of the value,
   *     types in the order of the text, content behind the value
   */
  public static SecretSpec secretSpec(String contentType, long declaredLength, byte[] body) {
    if (!contentType.isEmpty() || declaredLength != 0) {
      MediaType.requireJson(contentType);
    }
    return declaredLength == 0 ? decode("{}".getBytes(US_ASCII)) : decode(body);
  }

  private static SecretSpec decode(byte[] body) {
    int end = JsonSyntax.end(body);
    try (SecretSpecReader reader = new SecretSpecReader(new JsonCursor(body))) {
      SecretSpec spec = reader.read();
      if (hasMore(body, end)) {
        spec.close();
        throw JsonErrors.trailingContent();
      }
      return spec;
    }
  }

  /** A closing bracket does not count: the engine takes it for the end of a stream. */
  private static boolean hasMore(byte[] body, int end) {
    int next = JsonSyntax.afterBlanks(body, end);
    return next < body.length && body[next] != '}' && body[next] != ']';
  }
}
