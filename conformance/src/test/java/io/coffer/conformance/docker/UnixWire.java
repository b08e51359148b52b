package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Bytes over a Unix socket. No wait for the other side is longer than the time allowed. */
final class UnixWire implements AutoCloseable {
  private static final int BUFFER_SIZE = 65_536;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration patience;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_SIZE).flip();

  private UnixWire(SocketChannel channel, Selector selector, Duration patience) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  static UnixWire connect(Path socket, Duration patience) throws IOException {
    return new UnixWire(
        SocketChannel.open(UnixDomainSocketAddress.of(socket)), Selector.open(), patience);
  }

  /**
   * Sends all bytes and returns true, or returns false as soon as the other side takes no more but
   * has something to say.
   */
  boolean send(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      if (channel.write(out) == 0
          && (await(SelectionKey.OP_WRITE | SelectionKey.OP_READ) & SelectionKey.OP_WRITE) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Says that nothing more will be sent. */
  void finish() throws IOException {
    channel.shutdownOutput();
  }

  /** The bytes up to the next line feed, without it and a carriage return before it. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = read(); next != '\n'; next = read()) {
      line.write(next);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  byte[] exactly(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) read();
    }
    return bytes;
  }

  /** Everything until the other side closes. */
  byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    while (fill()) {
      while (in.hasRemaining()) {
        rest.write(in.get());
      }
    }
    return rest.toByteArray();
  }

  private int read() throws IOException {
    if (!fill()) {
      throw new EOFException("connection closed by the server");
    }
    return in.get() & 0xff;
  }

  private boolean fill() throws IOException {
    while (!in.hasRemaining()) {
      in.clear();
      int count = channel.read(in);
      in.flip();
      if (count < 0) {
        return false;
      }
      if (count == 0) {
        await(SelectionKey.OP_READ);
      }
    }
    return true;
  }

  private int await(int operations) throws IOException {
    key.interestOps(operations);
    selector.selectedKeys().clear();
    if (selector.select(patience.toMillis()) == 0) {
      throw new SocketTimeoutException("no progress in " + patience);
    }
    return key.readyOps();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
