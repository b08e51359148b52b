package io.coffer.api.docker.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.AuditReader;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The requests of a manager, byte by byte as it sends them. */
@Timeout(120)
final class DriverDoorTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  @TempDir private Path home = Path.of("");

  private Path socket() {
    return home.resolve("coffer.sock");
  }

  private RunningCoffer start() {
    return RunningCoffer.start(home, Map.of(Setting.DOCKER_DRIVER_LISTEN, "unix:" + socket()));
  }

  private SocketAddress driver() {
    return UnixDomainSocketAddress.of(socket());
  }

  private static byte[] request(String path, String body) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: \r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\nAccept: application/vnd.docker.plugins.v1.2+json\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Answer ask(String body) {
    return Raw.exchange(driver(), request("/SecretProvider.GetSecret", body));
  }

  private static String task(String name, String labels) {
    return "{\"SecretName\":\""
        + name
        + "\",\"SecretLabels\":"
        + labels
        + ",\"ServiceID\":\"svc1\",\"ServiceName\":\"web.app\",\"ServiceLabels\":{\"tier\":\"a\"},"
        + "\"TaskID\":\"task1\",\"TaskName\":\"web.app.3.task1\",\"TaskImage\":\"bbox:1\","
        + "\"NodeID\":\"node1\",\"ServiceEndpointSpec\":{\"Mode\":1}}\n";
  }

  private static void create(RunningCoffer coffer, String name, String value, String more) {
    String data = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    Answer made =
        Raw.ask(
            coffer.docker(),
            "POST /secrets/create",
            JSON,
            "{\"Name\":\"" + name + "\",\"Data\":\"" + data + "\"" + more + "}");
    assertThat(made.status()).isEqualTo(201);
  }

  private static String value(String text) {
    return "{\"Value\":\""
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "\",\"DoNotReuse\":true}\n";
  }

  @Test
  void aManagerActivatesTheProvider() {
    try (RunningCoffer coffer = start()) {
      assertThat(coffer.settings().driverListen()).isPresent();
      Answer answer = Raw.exchange(driver(), request("/Plugin.Activate", ""));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Implements\":[\"secretprovider\"]}\n");
      assertThat(answer.header("content-type"))
          .isEqualTo("application/vnd.docker.plugins.v1.2+json");
    }
  }

  @Test
  void aWebPageIsGivenNothing() {
    try (RunningCoffer coffer = start()) {
      create(coffer, "plain", "v1", "");
      for (String header :
          List.of("Origin: http://rebound.example", "Sec-Fetch-Site: same-origin")) {
        String request =
            new String(
                    request("/SecretProvider.GetSecret", task("plain", "{}")),
                    StandardCharsets.UTF_8)
                .replace("User-Agent:", header + "\r\nUser-Agent:");
        Answer answer = Raw.exchange(driver(), request.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(header).isEqualTo(403);
        assertThat(answer.body())
            .isEqualTo("{\"Err\":\"a secret provider is not for web pages\"}\n");
      }
    }
  }

  @Test
  void theSecretOfTheSameNameIsGivenUnlessLabelsSayOtherwise() {
    try (RunningCoffer coffer = start()) {
      create(coffer, "plain", "v1", "");
      create(coffer, "other", "v2", "");
      assertThat(ask(task("plain", "{}")).body()).isEqualTo(value("v1"));
      assertThat(ask(task("plain", "{\"io.coffer.secret\":\"other\"}")).body())
          .isEqualTo(value("v2"));
      assertThat(
              ask(task("plain", "{\"io.coffer.secret\":\"\",\"io.coffer.entry\":\"data\"}")).body())
          .isEqualTo(value("v1"));
      assertThat(ask(task("plain", "{\"io.coffer.entry\":\"user\"}")).body())
          .isEqualTo("{\"Err\":\"entry must be one of data\"}\n");
      assertThat(ask(task("plain", "{\"io.coffer.version\":\"none\"}")).body())
          .isEqualTo("{\"Err\":\"version none not found\"}\n");
      assertThat(ask(task("nope", "{}")).body()).isEqualTo("{\"Err\":\"secret nope not found\"}\n");
    }
  }

  @Test
  void membersAreReadAsGoReadsThem() {
    try (RunningCoffer coffer = start()) {
      create(coffer, "plain", "v1", "");
      assertThat(ask("{\"secretname\":\"plain\",\"More\":[1]}").body()).isEqualTo(value("v1"));
      assertThat(ask("{\"SecretName\":1}").body())
          .isEqualTo(
              "{\"Err\":\"invalid JSON: json: cannot unmarshal number into Go struct field"
                  + " SecretsProviderRequest.SecretName of type string\"}\n");
      assertThat(ask("").body()).contains("\"Err\":\"invalid JSON: got EOF");
      assertThat(ask("[]").body()).contains("\"Err\":\"invalid JSON: json: cannot unmarshal array");
      assertThat(ask("{\"SecretName\":").status()).isEqualTo(400);
    }
  }

  @Test
  void aTemplateKnowsItsTask() {
    try (RunningCoffer coffer = start()) {
      create(coffer, "plain", "PLAIN", "");
      String golang = ",\"Templating\":{\"Name\":\"golang\"}";
      create(
          coffer,
          "t",
          "{{.Service.ID}} {{.Service.Name}} {{.Service.Labels}} {{.Node.ID}} {{.Task.ID}}"
              + " {{.Task.Name}} {{.Task.Slot}} {{secret \"plain\"}}",
          golang);
      assertThat(ask(task("t", "{}")).body())
          .isEqualTo(value("svc1 web.app map[tier:a] node1 task1 web.app.3.task1 3 PLAIN"));
      create(coffer, "bad", "{{.Nope}}", golang);
      assertThat(ask(task("bad", "{}")).body())
          .isEqualTo(
              "{\"Err\":\"template: expansion:1:2: executing \\\"expansion\\\" at <.Nope>:"
                  + " can't evaluate field Nope in type *template.PayloadContext\"}\n");
    }
  }

  @Test
  void otherCallsAreNotThere() {
    try (RunningCoffer coffer = start()) {
      assertThat(coffer.settings().driverAccount()).isEmpty();
      assertThat(Raw.exchange(driver(), request("/VolumeDriver.Mount", "{}")).status())
          .isEqualTo(404);
      assertThat(Raw.ask(driver(), "GET /SecretProvider.GetSecret", "", "").status())
          .isEqualTo(404);
    }
  }

  @Test
  void onlyTheOwnerMayOpenTheSocketAndItGoesWithTheServer() throws IOException {
    try (RunningCoffer coffer = start()) {
      assertThat(coffer.settings().driverListen()).isPresent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void aPortServesAsTheSocketDoes() {
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_DRIVER_LISTEN, "127.0.0.1:0"))) {
      create(coffer, "plain", "v1", "");
      URI spec = URI.create(coffer.dockerDriver());
      Answer answer =
          Raw.exchange(
              new InetSocketAddress(spec.getHost(), spec.getPort()),
              request("/SecretProvider.GetSecret", task("plain", "{}")));
      assertThat(answer.body()).isEqualTo(value("v1"));
    }
  }

  @Test
  void itsAccountIsMadeOnceAndOnRecord() {
    List<String> records = new ArrayList<>();
    try (RunningCoffer coffer = start()) {
      create(coffer, "plain", "v1", "");
    }
    try (RunningCoffer coffer = start()) {
      assertThat(ask(task("plain", "{}")).body()).isEqualTo(value("v1"));
      AuditReader.walk(coffer.settings(), records::add);
    }
    assertThat(records)
        .filteredOn(line -> line.contains("CreateServiceAccount"))
        .singleElement()
        .asString()
        .contains("docker-driver", "lockbox.payloadViewer");
    assertThat(records)
        .filteredOn(line -> line.contains("io.coffer.audit.docker.GetPayload"))
        .singleElement()
        .asString()
        .contains("\"via\":\"docker-driver\"", "swarm_service_id", "svc1", "task1", "node1");
  }

  @Test
  void anAccountThatWasNamedHasWhatItWasGiven() {
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home,
            Map.of(
                Setting.DOCKER_DRIVER_LISTEN,
                "unix:" + socket(),
                Setting.DOCKER_DRIVER_ACCOUNT,
                adminId()))) {
      create(coffer, "plain", "v1", "");
      // The primitive administrator may do everything, also this.
      assertThat(ask(task("plain", "{}")).body()).isEqualTo(value("v1"));
    }
  }

  private String adminId() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      return coffer.adminKey().accountId();
    }
  }
}
