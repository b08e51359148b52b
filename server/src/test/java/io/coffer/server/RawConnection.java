package io.coffer.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A connection over which bytes go as they are, over a Unix socket or over TLS. */
public final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AutoCloseable connection;
  private final InputStream in;
  private final OutputStream out;

  private RawConnection(AutoCloseable connection, InputStream in, OutputStream out) {
    this.connection = connection;
    this.in = in;
    this.out = out;
  }

  static RawConnection open(SocketAddress at) {
    try {
      SocketChannel channel = SocketChannel.open(at);
      return new RawConnection(
          channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawConnection openTls(URI at, Path ca) {
    try {
      Socket socket =
          Rest.trusting(ca, Optional.empty())
              .getSocketFactory()
              .createSocket(at.getHost(), at.getPort());
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      return new RawConnection(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends characters up to U+00FF as bytes. A server may have closed before it has read all. */
  public void send(String bytes) {
    try {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException refused) {
      assert !bytes.isEmpty() : refused; // Its answer is what counts.
    }
  }

  /** The next line, for what comes before an answer. */
  public String line() {
    try {
      return Raw.line(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answer, to a request that was not a HEAD. */
  public Answer answer() {
    try {
      return Raw.read(in, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
