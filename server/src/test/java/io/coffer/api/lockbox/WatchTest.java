package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server-sent events, as a browser's EventSource reads them. */
@Timeout(180)
final class WatchTest {
  private static final String SECRETS = "/lockbox/v1/secrets";

  @TempDir private Path home;

  @Test
  void changesComeAsTheyHappenAndAReturnedWatcherMissesNothing() throws IOException {
    String last;
    List<String> made = new ArrayList<>();
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      create(coffer, "before");
      try (Watcher watcher = new Watcher(coffer, "")) {
        watcher.ready();
        made.add(create(coffer, "one"));
        made.add(create(coffer, "two \"x\"\n"));
        Event one = watcher.next();
        assertThat(one.name).isEqualTo("created");
        assertThat(one.data)
            .contains("\"action\":\"CreateSecret\"", "\"name\":\"one\"")
            .contains("\"secretId\":\"" + made.getFirst() + "\"")
            .contains("\"folderId\":\"" + coffer.folderId() + "\"")
            .contains("\"revision\":\"" + one.id + "\"");
        Event two = watcher.next();
        assertThat(two.data).contains("\"name\":\"two \\\"x\\\"\\n\"");
        assertThat(Long.parseLong(two.id)).isGreaterThan(Long.parseLong(one.id));
        last = two.id;
      }
      for (int i = 0; i < 20; i++) {
        made.add(create(coffer, "away-" + i));
      }
    }
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      made.add(create(coffer, "after the restart"));
      try (Watcher watcher = new Watcher(coffer, "Last-Event-ID: " + last + "\r\n")) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
          told.add(secretId(watcher.next().data));
        }
        watcher.ready();
        made.add(create(coffer, "live"));
        told.add(secretId(watcher.next().data));
        assertThat(told).isEqualTo(made.subList(2, made.size()));
      }
      try (Watcher watcher = new Watcher(coffer, "", "&revision=" + last)) {
        assertThat(secretId(watcher.next().data)).isEqualTo(made.get(2));
      }
    }
  }

  @Test
  void somethingIsSaidWhileNothingHappensAndAStopEndsIt() throws IOException {
    RunningCoffer coffer = RunningCoffer.start(home);
    try (Watcher watcher = new Watcher(coffer, "")) {
      watcher.ready();
      String said = watcher.line();
      while ("".equals(said)) {
        said = watcher.line();
      }
      assertThat(said).isEqualTo(":");
      coffer.close();
      List<String> rest = new ArrayList<>();
      for (String line = watcher.line(); line != null; line = watcher.line()) {
        rest.add(line);
      }
      assertThat(rest).isSubsetOf("", ":");
    }
  }

  @Test
  void aPositionOfAnotherStoreIsToldToListAgain() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home);
        Watcher watcher = new Watcher(coffer, "", "&revision=999999999")) {
      assertThat(watcher.next().name).isEqualTo("list-again");
      for (String line = watcher.line(); line != null; line = watcher.line()) {
        assertThat(line).isEmpty();
      }
    }
  }

  @Test
  void whoseTokenIsTakenBackIsSentAway() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home);
        Watcher watcher = new Watcher(coffer, "")) {
      watcher.ready();
      String body = "{\"iamToken\":\"" + coffer.token() + "\"}";
      assertThat(coffer.rest().post("/iam/v1/tokens:revoke", coffer.token(), body).status())
          .isEqualTo(200);
      String said = watcher.line();
      while (said != null) {
        assertThat(said).isIn("", ":");
        said = watcher.line();
      }
    }
  }

  @Test
  void whoMayNotListIsRefusedAndSoIsWhatIsNoPosition() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String path = SECRETS + ":watch?folderId=";
      assertThat(coffer.rest().get(path + coffer.folderId(), "").status()).isEqualTo(401);
      assertThat(coffer.rest().get(path + "nope", coffer.token()).status()).isEqualTo(404);
      assertThat(coffer.rest().get(path, coffer.token()).status()).isEqualTo(400);
      for (String position : List.of("x", "-1", "1.5.1")) {
        Answer answer =
            coffer.rest().get(path + coffer.folderId() + "&revision=" + position, coffer.token());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("revision: must be the id of an event of this feed");
      }
      assertThat(coffer.rest().post(path + coffer.folderId(), coffer.token(), "").status())
          .isEqualTo(404);
    }
  }

  private static String create(RunningCoffer coffer, String name) {
    Answer made =
        coffer
            .rest()
            .post(
                SECRETS,
                coffer.token(),
                "{\"folderId\":\""
                    + coffer.folderId()
                    + "\",\"name\":\""
                    + name.replace("\"", "\\\"").replace("\n", "\\n")
                    + "\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return made.member("secretId");
  }

  private static String secretId(String data) {
    int at = data.indexOf("\"secretId\":\"") + "\"secretId\":\"".length();
    return data.substring(at, data.indexOf('"', at));
  }

  private record Event(String id, String name, String data) {}

  /** Over HTTP/1.1 without TLS; what is chunked is put together again. */
  private static final class Watcher implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Watcher(RunningCoffer coffer, String headers) throws IOException {
      this(coffer, headers, "");
    }

    Watcher(RunningCoffer coffer, String headers, String query) throws IOException {
      InetSocketAddress at = (InetSocketAddress) coffer.plaintext();
      socket = new Socket(at.getAddress(), at.getPort());
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET "
                  + SECRETS
                  + ":watch?folderId="
                  + coffer.folderId()
                  + query
                  + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + coffer.token()
                  + "\r\n"
                  + headers
                  + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      assertThat(head).contains("content-type: text/event-stream");
    }

    /** A line of the stream, without the lengths of chunks; null at the end. */
    @Nullable String line() throws IOException {
      String line = in.readLine();
      while (line != null && line.matches("[0-9a-f]+")) {
        if (line.equals("0")) {
          return null;
        }
        line = in.readLine();
      }
      return line;
    }

    Event next() throws IOException {
      String id = "";
      String name = "";
      String data = "";
      while (true) {
        String line = line();
        if (line == null) {
          throw new AssertionError("the stream ended");
        }
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          return new Event(id, name, data);
        }
      }
    }

    void ready() throws IOException {
      assertThat(next().name).isEqualTo("ready");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
