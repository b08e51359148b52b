package io.coffer.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * A plugin in a thread of its own, which speaks HTTP byte by byte: it keeps what it was sent and
 * answers what a test told it to.
 */
public final class FakePlugin implements AutoCloseable {
  private static final String SECRETS = "{\"Implements\": [\"secretprovider\"]}";

  private final ServerSocketChannel server;
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<SocketChannel> open = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Reply manifest = new Reply.Http(200, SECRETS);
  private volatile Reply secret = value("from the plugin");

  /** A request, as it was sent. */
  public record Asked(String head, String body) {
    public String path() {
      return head.split(" ", 3)[1];
    }
  }

  /** What is done with a request. */
  public sealed interface Reply {
    record Http(int status, String body) implements Reply {}

    /** Nothing, for as long as the plugin is there. */
    record Silence() implements Reply {}

    /** The connection ends. */
    record HangUp() implements Reply {}

    /** {@code then}, once {@code until} is open. */
    record Later(CountDownLatch until, Reply then) implements Reply {}
  }

  private FakePlugin(ServerSocketChannel server) {
    this.server = server;
    Thread.ofVirtual().name("plugin").start(this::accept);
  }

  public static FakePlugin onSocket(Path socket) {
    try {
      Files.createDirectories(socket.getParent());
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      return new FakePlugin(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static FakePlugin onPort() {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new FakePlugin(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Reply value(String text) {
    return value(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply value(byte[] bytes) {
    return json("{\"Value\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
  }

  public static Reply json(String body) {
    return new Reply.Http(200, body);
  }

  public void manifest(Reply reply) {
    manifest = reply;
  }

  public void secret(Reply reply) {
    secret = reply;
  }

  /** {@code 127.0.0.1:PORT}, of one on a port. */
  public String authority() {
    try {
      SocketAddress at = server.getLocalAddress();
      return "127.0.0.1:" + ((InetSocketAddress) at).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The paths it was asked, in order. */
  public List<String> paths() {
    return asked().stream().map(Asked::path).toList();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        open.add(connection);
        Thread.ofVirtual().name("plugin").start(() -> serve(connection));
      }
    } catch (IOException end) {
      closed.countDown();
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      InputStream in = Channels.newInputStream(connection);
      OutputStream out = Channels.newOutputStream(connection);
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Asked request =
            new Asked(head, new String(in.readNBytes(length(head)), StandardCharsets.UTF_8));
        asked.add(request);
        if (!answer(request.path().equals("/Plugin.Activate") ? manifest : secret, out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      assert server.isOpen() || closed.getCount() <= 1; // Whoever asked has gone.
    }
  }

  private boolean answer(Reply reply, OutputStream out) throws IOException, InterruptedException {
    return switch (reply) {
      case Reply.Http(var status, var body) -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(
            ("HTTP/1.1 "
                    + status
                    + " X\r\nContent-Type: text/plain\r\nContent-Length: "
                    + bytes.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
        yield true;
      }
      case Reply.Silence() -> {
        closed.await();
        yield false;
      }
      case Reply.HangUp() -> false;
      case Reply.Later(var until, var then) -> {
        until.await();
        yield answer(then, out);
      }
    };
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Goes, with every connection it had; a socket's file stays, as after a crash. */
  @Override
  public void close() {
    try {
      server.close();
      closed.countDown();
      for (SocketChannel connection : List.copyOf(open)) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
