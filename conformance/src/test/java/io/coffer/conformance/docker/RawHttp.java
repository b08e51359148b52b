package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coffer.conformance.cases.Mismatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client of an HTTP/1.1 server behind a Unix socket. The connection is kept alive and reopened
 * when the server has closed it. Every failure is a {@link Mismatch}.
 */
final class RawHttp implements AutoCloseable {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/(\\d\\.\\d) (\\d{3}) ?(.*)");
  private static final int CONTINUE = 100;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Path socket;
  private final Duration patience;
  private @Nullable UnixWire wire;

  RawHttp(Path socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  HttpAnswer exchange(HttpRequest request) {
    boolean reused = wire != null;
    try {
      return attempt(request);
    } catch (InterruptedIOException e) {
      throw failed(e);
    } catch (IOException e) {
      if (!reused) {
        throw failed(e);
      }
      close(); // The server may close an idle connection at any time; a fresh one must work.
    }
    try {
      return attempt(request);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Sends {@code bytes} on a fresh connection and closes it after the answer. */
  HttpAnswer raw(byte[] bytes, String method, boolean finish) {
    close();
    try {
      UnixWire fresh = open();
      fresh.send(bytes);
      if (finish) {
        fresh.finish();
      }
      return read(fresh, method);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      close();
    }
  }

  private HttpAnswer attempt(HttpRequest request) throws IOException {
    UnixWire wire = open();
    boolean whole = true;
    if (request.asksFirst()) {
      wire.send(request.head());
      HttpAnswer permission = read(wire, request.method());
      if (permission.status() != CONTINUE) {
        close();
        throw new Mismatch("expected 100 Continue, got " + permission.status());
      }
      wire.send(request.payload());
    } else {
      whole = sendAll(wire, request);
    }
    HttpAnswer answer = read(wire, request.method());
    while (answer.status() == CONTINUE) {
      answer = read(wire, request.method());
    }
    if (answer.last() || !whole) {
      close();
    }
    return answer;
  }

  /** Returns false if the server stopped listening, which it may once it has answered. */
  private static boolean sendAll(UnixWire wire, HttpRequest request) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(request.head());
    all.writeBytes(request.payload());
    try {
      return wire.send(all.toByteArray());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return false; // A broken pipe; what was answered before it can still be read.
    }
  }

  private static HttpAnswer read(UnixWire wire, String method) throws IOException {
    String first = wire.line();
    Matcher status = STATUS_LINE.matcher(first);
    if (!status.matches()) {
      throw new Mismatch("bad status line " + Mismatch.quote(first));
    }
    int code = Integer.parseInt(status.group(2));
    Map<String, String> headers = headers(wire);
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    boolean last =
        connection.equals("close")
            || (status.group(1).equals("1.0") && !connection.equals("keep-alive"));
    if (method.equals("HEAD") || code < 200 || code == NO_CONTENT || code == NOT_MODIFIED) {
      return HttpAnswer.of(code, headers, new byte[0], last);
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return HttpAnswer.of(code, headers, chunks(wire), last);
    }
    String length = headers.get("content-length");
    return length == null
        ? HttpAnswer.of(code, headers, wire.rest(), true)
        : HttpAnswer.of(code, headers, wire.exactly(Integer.parseInt(length)), last);
  }

  private static Map<String, String> headers(UnixWire wire) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new Mismatch("bad header line " + Mismatch.quote(line));
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] chunks(UnixWire wire) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(wire); size > 0; size = chunkSize(wire)) {
      body.writeBytes(wire.exactly(size));
      wire.line();
    }
    String trailer = wire.line();
    while (!trailer.isEmpty()) {
      trailer = wire.line();
    }
    return body.toByteArray();
  }

  private static int chunkSize(UnixWire wire) throws IOException {
    String line = wire.line();
    int semicolon = line.indexOf(';');
    return Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
  }

  private UnixWire open() throws IOException {
    UnixWire open = wire;
    if (open == null) {
      open = UnixWire.connect(socket, patience);
      wire = open;
    }
    return open;
  }

  private Mismatch failed(IOException e) {
    close();
    return new Mismatch("no answer: " + e, e);
  }

  @Override
  public void close() {
    UnixWire open = wire;
    wire = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@code text} as bytes, one a character. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
