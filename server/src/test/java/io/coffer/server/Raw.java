package io.coffer.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 byte by byte: for requests that no client library would send. */
public final class Raw {
  private Raw() {}

  /** A whole request with a length, as most clients send it. */
  public static Answer ask(SocketAddress at, String start, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ask(at, start, headers, bytes);
  }

  /** As above; {@code headers} are whole lines, each with its end. */
  public static Answer ask(SocketAddress at, String start, String headers, byte[] body) {
    String length = body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n";
    byte[] head =
        (start + " HTTP/1.1\r\nHost: coffer\r\n" + headers + length + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return exchange(at, request);
  }

  /** Sends exactly {@code request} and reads one answer. */
  public static Answer exchange(SocketAddress at, byte[] request) {
    try (SocketChannel channel = SocketChannel.open(at)) {
      send(channel, request);
      boolean head =
          request.length > 4
              && new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
      return read(Channels.newInputStream(channel), head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void send(SocketChannel channel, byte[] request) {
    ByteBuffer buffer = ByteBuffer.wrap(request);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException refused) {
      // A server may answer and close before it has read all; its answer is what counts.
      assert buffer.hasRemaining();
    }
  }

  static Answer read(InputStream in, boolean head) throws IOException {
    int status;
    Map<String, List<String>> headers;
    do {
      String statusLine = line(in);
      status = Integer.parseInt(statusLine.split(" ", 3)[1]);
      headers = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers
            .computeIfAbsent(
                line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    } while (status == 100);
    return Answer.of(status, headers, head || status == 204 ? new byte[0] : body(in, headers));
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
    }
    if (!headers.containsKey("transfer-encoding")) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      whole.write(in.readNBytes(size));
      line(in);
    }
    return whole.toByteArray();
  }

  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
