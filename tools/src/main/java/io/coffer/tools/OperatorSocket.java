package io.coffer.tools;

import io.coffer.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's door of the server that has a data directory, if one runs. One request on a
 * connection, byte by byte: what is secret is in no buffer but our own, and is wiped.
 */
final class OperatorSocket {
  private static final String NAME = "operator.sock";

  /** A hundred shares, and a head. */
  private static final int ANSWER_MAX = 64 << 10;

  private final UnixDomainSocketAddress address;

  private OperatorSocket(UnixDomainSocketAddress address) {
    this.address = address;
  }

  /** The door, if somebody is behind it. */
  static Optional<OperatorSocket> of(Path dataDir) {
    OperatorSocket door = new OperatorSocket(UnixDomainSocketAddress.of(dataDir.resolve(NAME)));
    try (SocketChannel channel = door.connect()) {
      return channel.isConnected() ? Optional.of(door) : Optional.empty();
    } catch (IOException nobodyListens) {
      return Optional.empty();
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * What a server answered.
   *
   * @param headers by their names in small letters
   * @param body to be closed by whoever asked
   */
  record Answer(Map<String, String> headers, SecretBytes body) implements AutoCloseable {
    /** The members of the object that it is, if it is JSON. */
    Map<String, String> members() {
      try {
        return AdminLogin.members(body.lend(json -> new String(json, StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new ClientTrouble("the server's answer is not what this command knows");
      }
    }

    @Override
    public void close() {
      body.close();
    }
  }

  static String query(String name, String value) {
    return "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** How things stand. */
  Map<String, String> status() {
    try (Answer answer = ask("GET /v1/status", List.of())) {
      return answer.members();
    }
  }

  /** Asks, and tells what came of it, of a call that is answered with JSON. */
  Map<String, String> tell(String call, List<SecretBytes> lines) {
    try (Answer answer = ask(call, lines)) {
      return answer.members();
    }
  }

  /** Throws {@link ClientTrouble} with the server's words if it refuses. */
  Answer ask(String call, List<SecretBytes> lines) {
    try (SocketChannel channel = connect()) {
      send(channel, call, lines);
      return read(Channels.newInputStream(channel));
    } catch (IOException e) {
      throw new ClientTrouble("the server went away without an answer");
    }
  }

  private static void send(SocketChannel channel, String call, List<SecretBytes> lines)
      throws IOException {
    int length = lines.stream().mapToInt(line -> line.length() + 1).sum();
    write(
        channel,
        "%s HTTP/1.1\r\nHost: operator\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(call, length)
            .getBytes(StandardCharsets.US_ASCII));
    for (SecretBytes line : lines) {
      byte[] text = line.lend(bytes -> Arrays.copyOf(bytes, bytes.length + 1));
      text[text.length - 1] = '\n';
      try {
        write(channel, text);
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The answer closes its body.
  private static Answer read(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    Answer answer =
        new Answer(headers, SecretBytes.takeOver(in.readNBytes(Math.min(length, ANSWER_MAX))));
    if (status.length < 2 || !status[1].equals("200")) {
      try (answer) {
        throw new ClientTrouble(
            answer.members().getOrDefault("message", "the server refused and gave no reason"));
      }
    }
    return answer;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
