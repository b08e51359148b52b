package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on a Unix socket that answers with the bytes a test chose, and keeps what it was sent.
 * An answer that is not HTTP/1.1, or says {@code Connection: close}, ends the connection.
 */
final class FakeServer implements AutoCloseable {
  /** A request: its head without the blank line, and its body without framing. */
  record Received(String head, String body) {
    String line() {
      return head.lines().findFirst().orElseThrow();
    }
  }

  /** What to answer. */
  interface Answers {
    String to(Received request);
  }

  private final ServerSocketChannel listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Answers answers;

  FakeServer(Path socket, Answers answers) throws IOException {
    this.answers = answers;
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    threads.execute(this::accept);
  }

  static String answer(int status, String body) {
    return "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  List<Received> received() {
    return received;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void serve(SocketChannel channel) {
    try (SocketChannel client = channel) {
      InputStream in = Channels.newInputStream(client);
      OutputStream out = Channels.newOutputStream(client);
      boolean open = true;
      while (open) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        if (head.contains("Expect: 100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        Received request = new Received(head, body(head, in));
        received.add(request);
        String answer = answers.to(request);
        out.write(answer.getBytes(ISO_8859_1));
        open = answer.startsWith("HTTP/1.1") && !answer.contains("Connection: close");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.substring(0, head.length() - 4);
      }
    }
    return "";
  }

  private static String body(String head, InputStream in) throws IOException {
    if (head.contains("Transfer-Encoding: chunked")) {
      StringBuilder body = new StringBuilder();
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        body.append(new String(in.readNBytes(size), ISO_8859_1));
        in.readNBytes(2);
      }
      in.readNBytes(2);
      return body.toString();
    }
    int length =
        head.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .map(line -> Integer.valueOf(line.substring(16)))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), ISO_8859_1);
  }

  private static int chunk(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return Integer.parseInt(line.toString().strip(), 16);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
