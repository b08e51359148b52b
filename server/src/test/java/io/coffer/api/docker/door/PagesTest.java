package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the secrets: the engine, its swarm, and all that is not there. */
@Timeout(120)
final class PagesTest {
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

  @Test
  void theSwarmIsOneManagerWithTheStoresOwnAuthority() throws IOException {
    String root = Files.readString(coffer.caCertificate()).replace("\n", "\\n");
    Answer swarm = ask("GET /swarm");
    assertThat(swarm.status()).isEqualTo(200);
    assertThat(swarm.body())
        .contains("\"TLSInfo\":{\"TrustRoot\":\"" + root + "\",\"CertIssuerSubject\":\"M")
        .contains("\"CertIssuerPublicKey\":\"MFkw")
        .containsPattern(
            "\"JoinTokens\":\\{\"Worker\":\"SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}\","
                + "\"Manager\":\"SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}\"}}\n$");

    String cluster = swarm.body().replaceAll(",\"JoinTokens\".*\n", "}");
    String node = "\"NodeID\":\"" + ask("GET /nodes").member("ID") + "\"";
    assertThat(ask("GET /info").body())
        .contains("\"Cluster\":" + cluster)
        .contains(
            "\"Swarm\":{" + node + ",\"NodeAddr\":\"127.0.0.1\",\"LocalNodeState\":\"active\"")
        .contains("\"RemoteManagers\":[{" + node + ",\"Addr\":\"127.0.0.1:2377\"}],\"Nodes\":1");
    assertThat(ask("GET /swarm/unlockkey").body()).isEqualTo("{\"UnlockKey\":\"\"}\n");
  }

  @Test
  void itsIdsAreTheStoresAndLast() {
    String id;
    try (RunningCoffer other = RunningCoffer.start(home.resolve("other"))) {
      id = Raw.ask(other.docker(), "GET /info", "", "").member("NodeID");
      assertThat(id).matches("[0-9a-z]{25}").isNotEqualTo(ask("GET /info").member("NodeID"));
    }
    try (RunningCoffer again = RunningCoffer.start(home.resolve("other"))) {
      assertThat(Raw.ask(again.docker(), "GET /info", "", "").member("NodeID")).isEqualTo(id);
    }
  }

  @Test
  void membersOfInfoDependOnTheVersionInThePath() {
    String newest = ask("GET /v1.51/info").body();
    assertThat(newest)
        .doesNotContain("BridgeNf")
        .doesNotContain("Expected")
        .doesNotContain("AllowNondistributable");
    assertThat(ask("GET /v1.50/info").body()).doesNotContain("BridgeNf");
    assertThat(ask("GET /v1.49/info").body())
        .contains("\"IPv4Forwarding\":true,\"BridgeNfIptables\":false,\"BridgeNfIp6tables\":false")
        .doesNotContain("Expected");
    assertThat(ask("GET /v1.48/info").body())
        .contains("\"RuncCommit\":{\"ID\":\"\",\"Expected\":\"\"}")
        .doesNotContain("AllowNondistributable");
    assertThat(ask("GET /v1.46/info").body())
        .contains("\"RegistryConfig\":{\"AllowNondistributableArtifactsCIDRs\":null,");
    assertThat(ask("GET /v1.24/info").body()).contains("BridgeNf").contains("Expected");
  }

  @Test
  void theOneNodeIsListedAndFound() {
    Answer nodes = ask("GET /nodes");
    String id = nodes.member("ID");
    assertThat(nodes.body())
        .startsWith("[{\"ID\":\"" + id + "\",\"Version\":{\"Index\":1},\"CreatedAt\":\"")
        .contains("\"Spec\":{\"Labels\":{},\"Role\":\"manager\",\"Availability\":\"active\"}")
        .endsWith("\"Reachability\":\"reachable\",\"Addr\":\"127.0.0.1:2377\"}}]\n");
    String one = nodes.body().substring(1, nodes.body().length() - 2) + "\n";
    for (String reference : List.of(id, id.substring(0, 5), "coffer")) {
      assertThat(ask("GET /nodes/" + reference).body()).isEqualTo(one);
    }
    assertThat(ask("GET /nodes/self").body()).isEqualTo("{\"message\":\"node self not found\"}\n");
    assertThat(ask("DELETE /nodes/" + id).status()).isEqualTo(501);
    assertThat(ask("POST /nodes/nope/update").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "{%22role%22:[%22manager%22]},true",
    "{%22role%22:{%22worker%22:true}},false",
    "{%22name%22:[%22cof%22]},true",
    "{%22name%22:[%22x%22]},false",
    "{%22id%22:[%22!%22]},false",
    "{%22membership%22:[%22accepted%22]},true",
    "{%22membership%22:[%22pending%22]},false",
    "{%22label%22:[%22a%22]},false",
    "{%22node.label%22:[%22a%22]},false"
  })
  void nodesAreFiltered(String filters, boolean shown) {
    assertThat(ask("GET /nodes?filters=" + filters).body().startsWith("[{")).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/services,[]",
    "/services?status=true,[]",
    "/tasks,[]",
    "/configs,[]",
    "/networks,[]",
    "/plugins,[]"
  })
  void whatIsNotThereIsAnEmptyList(String path, String body) {
    Answer answer = ask("GET /v1.50" + path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("api-version")).isEqualTo("1.51");
    assertThat(answer.body()).isEqualTo(body + "\n");
  }

  @Test
  void volumesAreInAnObject() {
    assertThat(ask("GET /volumes").body()).isEqualTo("{\"Volumes\":[],\"Warnings\":null}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/services",
        "/tasks",
        "/configs",
        "/networks",
        "/volumes",
        "/plugins",
        "/nodes",
        "/secrets"
      })
  void theFiltersOfEveryListAreChecked(String path) {
    assertThat(ask("GET " + path + "?filters={%22bogus%22:[%22a%22]}").body())
        .isEqualTo("{\"message\":\"invalid filter 'bogus'\"}\n");
    String known = path.equals("/plugins") ? "enabled" : "label";
    assertThat(
            ask("GET " + path + "?filters={%22" + known + "%22:{%22a%22:true},%22x%22:[]}")
                .status())
        .isEqualTo(400);
    assertThat(ask("GET " + path + "?filters={%22" + known + "%22:{%22a%22:true}}").status())
        .isEqualTo(200);
    for (String malformed : List.of("x", "[]", "{%22label%22:5}")) {
      Answer answer = ask("GET " + path + "?filters=" + malformed);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"message\":\"invalid filter\"}\n");
    }
    assertThat(ask("GET " + path + "?filters=null").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /services/x,service x not found",
    "DELETE /services/x,service x not found",
    "POST /services/x/update?version=1,service x not found",
    "GET /tasks/x,task x not found",
    "GET /configs/x,config x not found",
    "DELETE /configs/x,config x not found",
    "GET /networks/x,network x not found",
    "GET /nodes/x,node x not found",
    "GET /volumes/x,get x: no such volume",
    "GET /plugins/a/b:1/json,plugin \\\"a/b:1\\\" not found"
  })
  void aSingleOneIsNotFoundInTheEnginesWords(String start, String message) {
    Answer answer = ask(start);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
    assertThat(answer.header("api-version")).isEqualTo("1.51");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /containers/json",
        "POST /containers/create",
        "DELETE /containers/x",
        "POST /containers/x/exec",
        "POST /exec/x/start",
        "GET /images/json",
        "GET /images/registry:5/a/b/json",
        "POST /images/create",
        "POST /build",
        "POST /services/create",
        "POST /networks/create",
        "POST /volumes/create",
        "POST /configs/create",
        "GET /distribution/a/b/json",
        "POST /auth",
        "GET /system/df",
        "POST /swarm/leave"
      })
  void whatCofferIsNotForIsSaid(String start) {
    Answer answer = ask(start);
    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.header("api-version")).isEqualTo("1.51");
    assertThat(answer.body()).startsWith("{\"message\":\"this is Coffer, which keeps secrets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /containers",
        "GET /containers/x",
        "POST /containers/json",
        "GET /swarm/x",
        "PUT /services/x",
        "GET /services/",
        "GET /services/x/y",
        "HEAD /services",
        "POST /nodes",
        "GET /volumes/"
      })
  void whatNoEngineHasIsNotFound(String start) {
    Answer answer = ask(start);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers()).doesNotContainKey("api-version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /swarm/init | 503 | This node is already part of a swarm. Use \\\"docker swarm"
            + " leave\\\" to leave this swarm and join another one.",
        "POST /swarm/join | 503 | This node is already part of a swarm. Use \\\"docker swarm"
            + " leave\\\" to leave this swarm and join another one.",
        "POST /swarm/unlock | 409 | swarm is not locked"
      })
  void aMemberOfASwarmStaysOne(String start, int status, String message) {
    Answer answer = ask(start);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"message\":\"" + message + "\"}\n");
  }

  private static Answer ask(String start) {
    return Raw.ask(coffer.docker(), start, "", "");
  }
}
