package io.coffer.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** HTTP/2 frame by frame, RFC 9113: for what no client library would send. */
public final class RawHttp2 implements AutoCloseable {
  public static final int HEADERS = 0x1;
  public static final int RST_STREAM = 0x3;
  public static final int SETTINGS = 0x4;
  public static final int PING = 0x6;
  public static final int GO_AWAY = 0x7;

  private static final int ACK = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int HEAD_LENGTH = 9;

  /** POST, http, "/" from the static table, and a content-length of 5: small bodies may wait. */
  private static final byte[] POST_TO_ROOT = {
    (byte) 0x83, (byte) 0x86, (byte) 0x84, 0x0f, 0x0d, 0x01, '5'
  };

  private final Socket socket;
  private final DataInputStream in;

  /** A frame that came. */
  public record Frame(int type, int flags, int stream, ByteBuffer payload) {}

  private RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** To a listener without TLS. */
  public static RawHttp2 open(InetSocketAddress at) {
    try {
      Socket socket = new Socket(at.getAddress(), at.getPort());
      socket.setSoTimeout(30_000);
      RawHttp2 connection = new RawHttp2(socket);
      connection.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.send(SETTINGS, 0, 0, new byte[0]);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on a client is held to what the server's settings said. */
  public void acknowledgeSettings() {
    send(SETTINGS, ACK, 0, new byte[0]);
  }

  /** The headers of a request whose body is still to come. */
  public void begin(int stream) {
    send(HEADERS, END_HEADERS, stream, POST_TO_ROOT);
  }

  public void reset(int stream) {
    send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}); // CANCEL.
  }

  public void ping() {
    send(PING, 0, 0, new byte[8]);
  }

  private void send(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(HEAD_LENGTH + payload.length);
    frame.put((byte) 0).putShort((short) payload.length).put((byte) type).put((byte) flags);
    frame.putInt(stream).put(payload);
    try {
      write(frame.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next frame of {@code type} that is no acknowledgement of settings; empty at the end. */
  public Optional<Frame> await(int type) {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int came = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (came == type && !(type == SETTINGS && (flags & ACK) != 0)) {
          return Optional.of(new Frame(came, flags, stream, ByteBuffer.wrap(payload)));
        }
      }
    } catch (IOException end) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
