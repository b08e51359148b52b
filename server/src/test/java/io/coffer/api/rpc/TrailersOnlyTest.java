package io.coffer.api.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.RunningCoffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refusal over gRPC is one frame of headers that ends the stream: some clients take a status in
 * headers that something follows for none.
 */
@Timeout(60)
final class TrailersOnlyTest {
  private static final String WATCH = "/grpc.health.v1.Health/Watch";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  @TempDir private static Path home;
  private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/yandex.cloud.lockbox.v1.SecretService/Nope",
        "/yandex.cloud.lockbox.v1.SecretService/Get"
      })
  void aRefusalIsTrailersAndNothingElse(String path) throws IOException {
    try (Http2 http = new Http2()) {
      http.ask(1, path);
      assertThat(http.firstHeaders(1) & END_STREAM).isEqualTo(END_STREAM);
    }
  }

  @Test
  void oneStreamTooManyOnAConnectionIsRefusedSoAndTheOthersStay() throws IOException {
    try (Http2 http = new Http2()) {
      int id = 1;
      for (int i = 0; i < DialogMethod.OF_CONNECTION_MAX; i++) {
        http.ask(id, WATCH);
        assertThat(http.firstHeaders(id) & END_STREAM).isZero();
        id += 2;
      }
      http.ask(id, WATCH);
      assertThat(http.firstHeaders(id) & END_STREAM).isEqualTo(END_STREAM);
    }
  }

  /** As little of it as a call needs; no header is compressed. */
  private static final class Http2 implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Http2() throws IOException {
      InetSocketAddress at = (InetSocketAddress) coffer.plaintext();
      socket = new Socket(at.getAddress(), at.getPort());
      socket.setSoTimeout(20_000);
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
      out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Calls a method with one empty message. */
    void ask(int stream, String path) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      head.write(0x83); // :method POST
      head.write(0x86); // :scheme http
      field(head, new byte[] {0x04}, path);
      field(head, new byte[] {0x01}, "coffer");
      field(head, new byte[] {0x0f, 0x10}, "application/grpc");
      frame(HEADERS, END_HEADERS, stream, head.toByteArray());
      frame(DATA, END_STREAM, stream, new byte[5]);
      out.flush();
    }

    private static void field(ByteArrayOutputStream head, byte[] name, String value) {
      head.writeBytes(name);
      head.write(value.length());
      head.writeBytes(value.getBytes(US_ASCII));
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
      out.writeShort(payload.length >> 8);
      out.writeByte(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
    }

    /** The flags of the first frame of headers on the stream. */
    int firstHeaders(int stream) throws IOException {
      while (true) {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int of = in.readInt();
        in.skipNBytes(length);
        if (type == HEADERS && of == stream) {
          return flags;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
