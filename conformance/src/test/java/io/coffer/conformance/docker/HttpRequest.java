package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 request, sent as it is written. A header whose value is null keeps the default of
 * that name from being sent.
 */
final class HttpRequest {
  private static final int CHUNKS = 3;

  private final String method;
  private final String path;
  private final Map<String, @Nullable String> headers;
  private final byte @Nullable [] body;
  private final boolean chunked;
  private final boolean expect100;

  HttpRequest(
      String method,
      String path,
      Map<String, @Nullable String> headers,
      byte @Nullable [] body,
      boolean chunked,
      boolean expect100) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.chunked = chunked;
    this.expect100 = expect100;
  }

  /** A request without a body or headers of its own. */
  static HttpRequest plain(String method, String path) {
    return new HttpRequest(method, path, Map.of(), null, false, false);
  }

  String method() {
    return method;
  }

  /** Whether the body waits for the server's permission. */
  boolean asksFirst() {
    return expect100;
  }

  /** The request line and the headers, with the blank line. */
  byte[] head() {
    TreeSet<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    given.addAll(headers.keySet());
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + path + " HTTP/1.1");
    if (!given.contains("Host")) {
      lines.add("Host: docker");
    }
    if (body != null) {
      if (!given.contains("Content-Type")) {
        lines.add("Content-Type: application/json");
      }
      if (chunked) {
        lines.add("Transfer-Encoding: chunked");
      } else if (!given.contains("Content-Length")) {
        lines.add("Content-Length: " + body.length);
      }
    }
    if (expect100) {
      lines.add("Expect: 100-continue");
    }
    headers.forEach((name, value) -> {
      if (value != null) {
        lines.add(name + ": " + value);
      }
    });
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  /** The body as it is sent: as it is, or in three chunks or so. */
  byte[] payload() {
    if (body == null) {
      return new byte[0];
    }
    if (!chunked) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = Math.max(1, body.length / CHUNKS);
    for (int from = 0; from < body.length; from += size) {
      int length = Math.min(size, body.length - from);
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body, from, length);
      out.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return out.toByteArray();
  }
}
