package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RawStream;
import io.coffer.server.RunningCoffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /events} over the socket, as clients read it. */
@Timeout(120)
final class EventStreamTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  private final Path home;
  private RunningCoffer coffer;

  EventStreamTest(@TempDir Path home) {
    this.home = home;
    this.coffer = RunningCoffer.start(home);
  }

  @AfterEach
  void stop() {
    coffer.close();
  }

  @Test
  void changesAreToldAsTheyHappenFromEitherDoor() {
    try (RawStream events = events("")) {
      assertThat(events.head())
          .startsWith("HTTP/1.1 200 OK")
          .contains("api-version: 1.51")
          .contains("content-type: application/json\n")
          .contains("transfer-encoding: chunked");

      String docker = create("by-docker");
      Answer made =
          coffer
              .rest()
              .post(
                  "/lockbox/v1/secrets",
                  coffer.token(),
                  "{\"folderId\":\""
                      + coffer.dockerFolderId()
                      + "\",\"name\":\"by-lockbox\",\"versionPayloadEntries\":"
                      + "[{\"key\":\"data\",\"textValue\":\"v\"}]}");
      String lockbox = made.member("secretId");
      update("by-docker", docker);
      Answer changed = ask("GET /secrets/by-docker", "", "");
      ask("DELETE /secrets/by-lockbox", "", "");

      assertThat(events.next()).contains(line("create", docker, "by-docker", createdAt(changed)));
      String second = events.next().orElseThrow();
      assertThat(second).contains("\"create\"").contains(lockbox).contains("\"by-lockbox\"");
      assertThat(events.next()).contains(line("update", docker, "by-docker", updatedAt(changed)));
      assertThat(events.next().orElseThrow())
          .startsWith(
              "{\"Type\":\"secret\",\"Action\":\"remove\",\"Actor\":{\"ID\":\"" + lockbox + "\",");
    }
  }

  @Test
  void thePastIsToldWhenAskedForAlsoAfterARestart() {
    String one = create("one");
    create("two");
    Instant at = createdAt(ask("GET /secrets/one", "", ""));
    String exactly = at.getEpochSecond() + "." + "%09d".formatted(at.getNano());
    String next = at.getEpochSecond() + "." + "%09d".formatted(at.getNano() + 1);
    for (int start = 0; start < 2; start++) {
      assertThat(past("?until=" + exactly)).containsExactly(line("create", one, "one", at));
      assertThat(past("?since=" + exactly + "&until=" + exactly)).hasSize(1);
      assertThat(past("?since=" + next + "&until=" + next)).isEmpty();
      assertThat(past("?until=1")).isEmpty();
      assertThat(
              names(past("?since=" + exactly + "&until=" + Instant.now().getEpochSecond() + ".9")))
          .startsWith("one");
      coffer.close();
      coffer = RunningCoffer.start(home);
    }
  }

  @Test
  void withoutAWordOfThePastThereIsNone() {
    create("before");
    try (RawStream events = events("?filters={%22type%22:[%22secret%22]}")) {
      create("after");
      assertThat(events.next().orElseThrow()).contains("\"after\"");
    }
  }

  @Test
  void onlyWhatTheFiltersIncludeIsTold() {
    create("kept");
    create("left-out");
    String filters = "&filters={%22secret%22:[%22ke%22],%22event%22:[%22create%22]}";
    assertThat(
            names(
                past("?since=1&until=" + Instant.now().plusSeconds(1).getEpochSecond() + filters)))
        .containsExactly("kept");
  }

  @Test
  void itEndsWhenItsUntilComes() {
    Instant until = Instant.now().plusSeconds(2);
    try (RawStream events = events("?until=" + until.getEpochSecond())) {
      create("in-time");
      assertThat(names(events.rest())).containsExactly("in-time");
      assertThat(Instant.now().getEpochSecond()).isGreaterThanOrEqualTo(until.getEpochSecond());
    }
  }

  @Test
  void aStopEndsItAsItShould() {
    try (RawStream idle = events("");
        RawStream other = events("")) {
      create("last");
      assertThat(idle.next()).isPresent();
      assertThat(other.next()).isPresent();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(coffer::close);
      assertThat(idle.rest()).isEmpty();
      assertThat(other.rest()).isEmpty();
      stopped.join();
    }
    coffer = RunningCoffer.start(home);
  }

  @Test
  void whatIsAskedWronglyIsRefusedTimesFirst() {
    for (String[] wrong :
        List.of(
            new String[] {
              "since=abc&filters=x", "500", "strconv.ParseInt: parsing \\\"abc\\\": invalid syntax"
            },
            new String[] {
              "since=20&until=10&filters=x",
              "400",
              "`since` time (20) cannot be after `until` time (10)"
            },
            new String[] {"until=10&filters=x", "400", "invalid filter"},
            new String[] {"filters=[]", "400", "invalid filter"})) {
      Answer answer = ask("GET /v1.44/events?" + wrong[0], "", "");
      assertThat(answer.status()).isEqualTo(Integer.parseInt(wrong[1]));
      assertThat(answer.body()).isEqualTo("{\"message\":\"" + wrong[2] + "\"}\n");
      assertThat(answer.header("api-version")).isEqualTo("1.51");
    }
    assertThat(ask("POST /events", "", "").body()).contains("page not found");
  }

  @Test
  void whoDoesNotReadIsCutOffAndOthersAreNot() {
    try (RawStream asleep = events("");
        RawStream awake = events("")) {
      String id = create("busy");
      assertThat(awake.next()).isPresent();
      // Enough for the buffers of the socket, and then for what may wait.
      for (int i = 0; i < 4_000; i++) {
        update("busy", id);
        assertThat(awake.next()).isPresent();
      }
      assertThat(asleep.isCut()).isTrue();
    }
  }

  private List<String> past(String query) {
    try (RawStream events = events(query)) {
      return events.rest();
    }
  }

  private static List<String> names(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll(".*\"name\":\"([^\"]*)\".*", "$1")).toList();
  }

  private static String line(String action, String id, String name, Instant at) {
    return "{\"Type\":\"secret\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"%s\",\"Attributes\":{\"name\":\"%s\"}},\"scope\":\"swarm\",\"time\":%d,\"timeNano\":%d%09d}"
        .formatted(action, id, name, at.getEpochSecond(), at.getEpochSecond(), at.getNano());
  }

  private static Instant createdAt(Answer secret) {
    return Instant.parse(secret.member("CreatedAt"));
  }

  private static Instant updatedAt(Answer secret) {
    return Instant.parse(secret.member("UpdatedAt"));
  }

  private String create(String name) {
    Answer made =
        ask("POST /secrets/create", JSON, "{\"Name\":\"" + name + "\",\"Data\":\"QQ==\"}");
    assertThat(made.status()).isEqualTo(201);
    return made.member("ID");
  }

  private void update(String name, String id) {
    String index =
        ask("GET /secrets/" + id, "", "").body().replaceAll(".*\"Index\":(\\d+).*\n", "$1");
    assertThat(
            ask(
                    "POST /secrets/" + id + "/update?version=" + index,
                    JSON,
                    "{\"Name\":\"" + name + "\"}")
                .status())
        .isEqualTo(200);
  }

  private RawStream events(String query) {
    return RawStream.get(coffer.docker(), "/v1.51/events" + query);
  }

  private Answer ask(String start, String headers, String body) {
    return Raw.ask(coffer.docker(), start, headers, body);
  }
}
