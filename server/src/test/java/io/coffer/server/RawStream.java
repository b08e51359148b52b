package io.coffer.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chunked answer that is read as it comes, or is not read. */
public final class RawStream implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;
  private final String head;

  private RawStream(SocketChannel channel, InputStream in, String head) {
    this.channel = channel;
    this.in = in;
    this.head = head;
  }

  /** Sends the request and returns when the head of the answer is there. */
  public static RawStream get(SocketAddress at, String target) {
    try {
      SocketChannel channel = SocketChannel.open(at);
      Raw.send(
          channel,
          ("GET " + target + " HTTP/1.1\r\nHost: coffer\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = Channels.newInputStream(channel);
      StringBuilder head = new StringBuilder();
      for (String line = Raw.line(in); !line.isEmpty(); line = Raw.line(in)) {
        head.append(line).append('\n');
      }
      return new RawStream(channel, in, head.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String head() {
    return head;
  }

  /** The next line of the body; empty if the body has ended as it should. */
  public Optional<String> next() {
    try {
      return chunk();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that still comes until the body has ended as it should. */
  public List<String> rest() {
    List<String> lines = new ArrayList<>();
    for (Optional<String> line = next(); line.isPresent(); line = next()) {
      lines.add(line.get());
    }
    return lines;
  }

  /** Whether the connection is cut before the body ends. Reads what there is. */
  public boolean isCut() {
    try {
      while (chunk().isPresent()) {
        // What came before is of no interest.
      }
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  /** One chunk is one event, which is one line. */
  private Optional<String> chunk() throws IOException {
    int size = Integer.parseInt(Raw.line(in), 16);
    byte[] content = in.readNBytes(size);
    if (content.length < size) {
      throw new EOFException("cut inside a chunk");
    }
    Raw.line(in);
    return size == 0
        ? Optional.empty()
        : Optional.of(new String(content, StandardCharsets.UTF_8).stripTrailing());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
