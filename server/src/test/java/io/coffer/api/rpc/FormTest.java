package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every answer has, whatever was asked and however it went. */
@Timeout(120)
final class FormTest {
  private static final String GET = "/yandex.cloud.lockbox.v1.SecretService/Get";
  private static final int FOUR_MEBIBYTES = 4 << 20;

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

  static Stream<Arguments> over1() {
    return Stream.of(
        Arguments.of("GET /endpoints HTTP/1.1", 200),
        Arguments.of("GET /lockbox/v1/secrets/x HTTP/1.1", 401),
        Arguments.of("GET /nothing HTTP/1.1", 404),
        Arguments.of("PUT /endpoints HTTP/1.1", 501),
        Arguments.of("GET " + GET + " HTTP/1.1", 404),
        Arguments.of("BREW /endpoints HTTP/1.1", 405),
        Arguments.of("GET /%zz HTTP/1.1", 400),
        Arguments.of("not HTTP", 400),
        Arguments.of("GET /" + "x".repeat(70_000) + " HTTP/1.1", 414),
        Arguments.of("GET / HTTP/1.1\r\nX-A: " + "x".repeat(70_000), 431));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void over1(String head, int status) {
    Answer answer =
        Raw.exchange(
            coffer.plaintext(),
            (head + "\r\nHost: coffer\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    hasIds(answer);
    if (status != 200) {
      assertThat(answer.body())
          .contains("\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RequestInfo\"");
      assertThat(answer.member("requestId")).isEqualTo(answer.header("x-request-id"));
    }
  }

  static Stream<Arguments> overGrpc() {
    byte[] nothing = {0, 0, 0, 0, 0};
    return Stream.of(
        Arguments.of(GET, nothing, "16"),
        Arguments.of("/yandex.cloud.lockbox.v1.SecretService/Nope", nothing, "12"),
        Arguments.of("/nothing", nothing, "12"),
        Arguments.of(GET, new byte[FOUR_MEBIBYTES + 1], "8"),
        Arguments.of(GET, new byte[] {1, 0, 0, 0, 0}, "12"),
        Arguments.of(GET, new byte[] {2, 0, 0, 0, 0}, "3"),
        Arguments.of(GET, new byte[0], "3"),
        Arguments.of(GET, new byte[] {0, 0, 0, 0, 9}, "3"),
        Arguments.of(GET, new byte[10], "3"));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource
  void overGrpc(String path, byte[] body, String code) {
    Answer answer =
        coffer
            .rest()
            .send(
                coffer
                    .rest()
                    .request(path, "")
                    .header("Content-Type", "application/grpc")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("grpc-status")).isEqualTo(code);
    assertThat(answer.header("grpc-message")).isNotEmpty();
    assertThat(answer.header("grpc-status-details-bin")).isNotEmpty();
    hasIds(answer);
  }

  @Test
  void aBodyThatIsTooLongIsRefusedReadablyOverHttp2() {
    Answer answer =
        coffer.rest().post("/lockbox/v1/secrets", coffer.token(), "x".repeat(FOUR_MEBIBYTES + 1));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.form())
        .isEqualTo(
            "{\"code\":3,\"message\":\"the body is longer than 4194304 bytes\",\"details\":[{"
                + "\"@type\":\"type.googleapis.com/google.rpc.RequestInfo\","
                + "\"requestId\":\"<uuid>\"}]}");
  }

  @Test
  void oneThatSaysItIsFarTooLongIsNotHeardOut() {
    String head = "POST /iam/v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 67108865\r\n\r\n";
    Answer answer =
        Raw.exchange(
            coffer.plaintext(),
            (head + "x".repeat(FOUR_MEBIBYTES + 1)).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer.status()).isEqualTo(413);
    hasIds(answer);
  }

  @Test
  void theClientsOwnIdsAreSaidBackAndNotTakenForOurs() {
    Answer answer = ask("X-Request-Id: mine-1\r\nX-Client-Trace-Id: t-1\r\n");
    assertThat(answer.header("x-client-request-id")).isEqualTo("mine-1");
    assertThat(answer.header("x-client-trace-id")).isEqualTo("t-1");
    hasIds(answer);

    answer = ask("X-Client-Request-Id: mine-2\r\nX-Request-Id: mine-1\r\n");
    assertThat(answer.header("x-client-request-id")).isEqualTo("mine-2");
  }

  @Test
  void anIdOfTheClientThatIsTooLongOrOddIsNotSaidBack() {
    assertThat(ask("X-Request-Id: " + "i".repeat(128) + "\r\n").header("x-client-request-id"))
        .hasSize(128);
    for (String id : new String[] {"i".repeat(129), "a b", ""}) {
      assertThat(ask("X-Request-Id: " + id + "\r\n").headers())
          .doesNotContainKey("x-client-request-id");
    }
  }

  /** As gRPC's clients keep a connection without calls: ours must not send them away. */
  @Test
  void aHundredPingsWithoutACallAreAnsweredAndTheConnectionStays() throws IOException {
    InetSocketAddress at = (InetSocketAddress) coffer.plaintext();
    try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
      socket.setSoTimeout(20_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      frame(out, 4, 0);
      for (int i = 0; i < 100; i++) {
        frame(out, 6, 8);
        out.writeLong(i);
      }
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (long answered = 0; answered < 100; ) {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        assertThat(in.readInt()).isZero();
        byte[] payload = in.readNBytes(length);
        assertThat(type).as("a GOAWAY").isNotEqualTo(7);
        if (type == 6 && flags == 1) {
          assertThat(payload[7]).isEqualTo((byte) answered);
          answered++;
        }
      }
    }
  }

  private static void frame(DataOutputStream out, int type, int length) throws IOException {
    out.writeShort(length >> 8);
    out.writeByte(length);
    out.writeByte(type);
    out.writeByte(0);
    out.writeInt(0);
  }

  private static Answer ask(String headers) {
    return Raw.ask(coffer.plaintext(), "GET /endpoints", headers, "");
  }

  private static void hasIds(Answer answer) {
    assertThat(answer.header("x-request-id")).matches("[0-9a-f-]{36}");
    assertThat(answer.header("x-server-request-id")).isEqualTo(answer.header("x-request-id"));
    assertThat(answer.header("x-server-trace-id")).isEqualTo(answer.header("x-request-id"));
  }
}
