package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.RawConnection;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large and unusual requests that clients do send, byte by byte, through each way in. */
@Timeout(120)
final class OddRequestsTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final int LINE = 700_000;

  @TempDir private static Path home;
  private static RunningCoffer coffer;

  enum Way {
    UNIX {
      @Override
      RawConnection open() {
        return coffer.connectDocker();
      }
    },
    TLS {
      @Override
      RawConnection open() {
        return coffer.connectDockerOverTls();
      }
    };

    abstract RawConnection open();

    /** A name of its own for each way. */
    String name(String of) {
      return of + "-" + name();
    }
  }

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0"));
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestLineMayBeSevenHundredKilobytes(Way way) {
    String name = way.name("line");
    String body = "{\"Name\":\"" + name + "\",\"Data\":\"QQ==\"}";
    String query = "?Name=" + name + "&Data=" + "QUFB".repeat(LINE / 4);
    assertThat(ask(way, head("POST /secrets/create" + query, JSON + length(body)) + body).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource
  void aHeadOfMoreThanAMegabyteIsRefusedBare(Way way) {
    Answer line = ask(way, head("GET /_ping?a=" + "x".repeat(1 << 20), ""));
    assertThat(line.status()).isEqualTo(431);
    assertThat(line.body()).isEqualTo("431 Request Header Fields Too Large");
    Answer header = ask(way, head("GET /_ping", "X-A: " + "x".repeat(1 << 20) + "\r\n"));
    assertThat(header.status()).isEqualTo(431);
    assertThat(header.header("connection")).isEqualTo("close");
    assertThat(header.headers()).doesNotContainKey("api-version");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyMayComeInChunks(Way way) {
    String value = Base64.getEncoder().encodeToString(new byte[511_999]);
    String body = "{\"Name\":\"" + way.name("chunks") + "\",\"Data\":\"" + value + "\"}";
    StringBuilder chunks = new StringBuilder();
    for (int at = 0; at < body.length(); at += 10_007) {
      String part = body.substring(at, Math.min(body.length(), at + 10_007));
      chunks.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    String chunked = "Transfer-Encoding: chunked\r\n";
    String create = "POST /secrets/create";
    assertThat(ask(way, head(create, JSON + chunked) + chunks + "0\r\n\r\n").status())
        .isEqualTo(201);

    // What has no length is read even if it turns out to be nothing.
    assertThat(ask(way, head(create, JSON + chunked) + "0\r\n\r\n").body())
        .isEqualTo("{\"message\":\"invalid JSON: got EOF while reading request body\"}\n");
    assertThat(ask(way, head(create, chunked) + "0\r\n\r\n").body())
        .isEqualTo("{\"message\":\"malformed Content-Type header (): mime: no media type\"}\n");
  }

  @ParameterizedTest
  @EnumSource
  void requestsInARowAreAnsweredInARow(Way way) {
    String name = way.name("row");
    String body = "{\"Name\":\"" + name + "\",\"Data\":\"QQ==\"}";
    String all =
        head("POST /secrets/create", JSON + length(body))
            + body
            + head("GET /secrets/" + name, "")
            + head("GET /nonsense", "")
            + head("DELETE /secrets/" + name, "")
            + head("GET /_ping", "");
    try (RawConnection connection = way.open()) {
      connection.send(all);
      assertThat(connection.answer().status()).isEqualTo(201);
      assertThat(connection.answer().member("Name")).isEqualTo(name);
      assertThat(connection.answer().body()).contains("page not found");
      assertThat(connection.answer().status()).isEqualTo(204);
      assertThat(connection.answer().body()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksWhetherToGoOnIsToldBeforeHeSendsTheBody(Way way) {
    String body = "{\"Name\":\"" + way.name("go-on") + "\",\"Data\":\"QQ==\"}";
    try (RawConnection connection = way.open()) {
      connection.send(
          head("POST /secrets/create", JSON + length(body) + "Expect: 100-continue\r\n"));
      assertThat(connection.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(connection.line()).isEmpty();
      connection.send(body);
      assertThat(connection.answer().status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyOtherExpectationFails(Way way) {
    assertThat(ask(way, head("GET /_ping", "Expect: something\r\n")).status()).isEqualTo(417);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyHostIsAHost(Way way) {
    for (String host :
        new String[] {"Host:", "Host: ", "Host: docker", "Host: api.moby.localhost"}) {
      assertThat(ask(way, "GET /_ping HTTP/1.1\r\n" + host + "\r\n\r\n").body()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAddressMayBeWholeAndTheVersionOld(Way way) {
    assertThat(ask(way, head("GET http://docker/_ping", "")).body()).isEqualTo("OK");
    assertThat(ask(way, "GET /_ping HTTP/1.0\r\n\r\n").body()).isEqualTo("OK");
  }

  private static String head(String start, String headers) {
    return start
        + " HTTP/1.1\r\nHost: docker\r\nAuthorization: Bearer "
        + coffer.token()
        + "\r\n"
        + headers
        + "\r\n";
  }

  private static String length(String body) {
    return "Content-Length: " + body.length() + "\r\n";
  }

  private static Answer ask(Way way, String request) {
    try (RawConnection connection = way.open()) {
      connection.send(request);
      return connection.answer();
    }
  }
}
