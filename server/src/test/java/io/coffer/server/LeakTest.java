package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.FakePlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Payloads and credentials go through every verb and every way of failing, on both doors, with the
 * most talkative logs. Afterwards they are nowhere: in no log, no record, no error, no file.
 */
@Timeout(180)
final class LeakTest {
  private static final String TEXT = "canary-QZ7vXw2Lk9";
  private static final byte[] BINARY = {
    (byte) 0xc0, (byte) 0xff, (byte) 0xee, 0x0a, 0x17, (byte) 0x9d, 0x33, 0x71, (byte) 0xe8, 0x5c
  };
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final String JSON = "Content-Type: application/json\r\n";

  @TempDir private Path home;
  private final List<Answer> errors = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void aCanaryIsNowhere(Settings.LogFormat format) throws IOException {
    PrintStream stderr = System.err;
    PrintStream stdout = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setErr(capture);
    System.setOut(capture);
    StringBuilder trail = new StringBuilder();
    String token;
    List<String> given;
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home,
            Map.of(
                Setting.LOG_LEVEL,
                "debug",
                Setting.DOCKER_PLUGIN_DIR,
                home.resolve("plugins").toString(),
                Setting.LOG_FORMAT,
                format.name().toLowerCase(Locale.ROOT),
                Setting.DOCKER_DRIVER_LISTEN,
                "127.0.0.1:0"))) {
      token = coffer.token();
      lockbox(coffer);
      kms(coffer);
      given = accounts(coffer);
      workload(coffer);
      docker(coffer);
      driver(coffer);
      drivers(coffer);
      assertThat(
              AuditReader.walk(coffer.settings(), line -> trail.append(line).append('\n')).sound())
          .isTrue();
    } finally {
      System.setErr(stderr);
      System.setOut(stdout);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("serving");
    assertThat(trail)
        .contains("CreateSecret")
        .contains("GetPayload")
        .contains("Decrypt")
        .contains("Authenticate");
    assertThat(errors).hasSizeGreaterThan(30);

    Map<String, byte[]> places = places(home.resolve("data"));
    assertThat(places).hasSizeGreaterThan(5);
    places.put("the log", printed.toByteArray());
    places.put("the audit trail", trail.toString().getBytes(StandardCharsets.UTF_8));
    errors.forEach(error -> {
      places.put(
          "error " + places.size() + ": " + error.status(),
          (error.headers() + error.body()).getBytes(StandardCharsets.UTF_8));
      assertThat(error.body()).doesNotContain("Exception").doesNotContain("\tat ");
    });
    assertThat(found(places, TEXT.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(found(places, BINARY)).isEmpty();
    assertThat(found(places, token.getBytes(StandardCharsets.US_ASCII))).isEmpty();
    for (String secret : given) {
      assertThat(found(places, secret.getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }
  }

  /** A line of a private key, and the chance in an API key: given and not kept. */
  private List<String> accounts(RunningCoffer coffer) {
    Rest rest = coffer.rest();
    String account =
        rest.post(
                "/iam/v1/serviceAccounts",
                coffer.token(),
                "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":\"robot\"}")
            .member("serviceAccountId");
    String body = "{\"serviceAccountId\":\"" + account + "\"";
    String pem = rest.post("/iam/v1/keys", coffer.token(), body + "}").member("privateKey");
    fails(
        rest.post("/iam/v1/keys", coffer.token(), body + ",\"description\":{\"" + TEXT + "\":1}}"));
    fails(
        rest.post(
            "/iam/v1/tokens:createForServiceAccount",
            coffer.token(),
            "{\"serviceAccountId\":\"" + TEXT + "\",\"" + TEXT));
    String users = "/coffer/v1/userAccounts";
    String organization =
        rest.get("/resource-manager/v1/clouds", coffer.token()).member("organizationId");
    String person =
        rest.post(
                users,
                coffer.token(),
                "{\"organizationId\":\"" + organization + "\",\"login\":\"alice\"}")
            .body();
    assertThat(person).contains("PRIVATE KEY");
    String personal = List.of(person.split("\\\\\\\\n", -1)).get(20);
    assertThat(personal).hasSize(64);
    fails(rest.post(users, coffer.token(), "{\"login\":{\"" + TEXT + "\":1}}"));
    fails(
        rest.post(
            users,
            coffer.token(),
            "{\"organizationId\":\"" + organization + "\",\"login\":\"" + TEXT + "\"}"));
    String groups = "/organization-manager/v1/groups";
    fails(rest.post(groups, coffer.token(), "{\"organizationId\":{\"" + TEXT + "\":1}}"));
    fails(rest.post(groups, coffer.token(), "{\"organizationId\":\"" + TEXT.repeat(10) + "\"}"));
    fails(
        rest.post(
            groups + "/ajenone:updateMembers",
            coffer.token(),
            "{\"memberDeltas\":[{\"action\":\"ADD\",\"subjectId\":\"" + TEXT + "\",\"" + TEXT));
    String line = List.of(pem.split("\\\\n", -1)).get(10);
    assertThat(line).hasSize(64);
    Answer made = rest.post("/iam/v1/apiKeys", coffer.token(), body + "}");
    String secret = made.member("secret");
    assertThat(secret).startsWith("cak1.");
    fails(rest.post("/iam/v1/apiKeys", coffer.token(), body + ",\"scopes\":[\"" + TEXT + "\"]}"));
    for (String sent : List.of(secret + "A", secret.replace("cak1", "cak2"))) {
      fails(
          raw(
              coffer,
              "GET " + SECRETS + "?folderId=" + coffer.folderId(),
              "Authorization: Api-Key " + sent + "\r\n",
              ""));
    }
    assertThat(
            raw(coffer, "GET /iam/v1/apiKeyScopes", "Authorization: Api-Key " + secret + "\r\n", "")
                .status())
        .isEqualTo(200);
    // Its last characters are shown, to recognize it by.
    return List.of(line, personal, secret.substring(secret.length() - 43, secret.length() - 4));
  }

  /** Tokens of other issuers, believed or not, are as much a credential as ours. */
  private void workload(RunningCoffer coffer) {
    String exchange =
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&audience=ajenone"
            + "&subject_token_type=urn:ietf:params:oauth:token-type:id_token&subject_token=";
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(bytes("{\"alg\":\"RS256\",\"kid\":\"k\"}"));
    String canary = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TEXT));
    long now = Instant.now().getEpochSecond();
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                bytes(
                    "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"a\",\"iat\":%d,\"exp\":%d,\"x\":\"%s\"}"
                        .formatted(now, now + 300, TEXT)));
    for (String body :
        List.of(
            exchange + TEXT,
            exchange + header + "." + claims + "." + canary,
            exchange + header + "." + canary + "." + canary,
            exchange + canary + "." + claims + "." + canary,
            exchange.replace("ajenone", TEXT) + header + "." + claims + "." + canary,
            exchange.replace("id_token", TEXT) + "x",
            exchange.replace("token-exchange", TEXT),
            "{\"subject_token\":\"" + TEXT,
            "{\"subject_token\":[\"" + TEXT + "\"]}",
            TEXT,
            exchange + TEXT.repeat(5_000))) {
      fails(raw(coffer, "POST /oauth/token", "", body));
      fails(raw(coffer, "POST /oauth/token?subject_token=" + TEXT, "", body));
    }
  }

  /** What never finds anything proves nothing. */
  @Test
  void theSearchFindsEachFormOfAPlantedCanary() throws IOException {
    for (byte[] canary : List.of(TEXT.getBytes(StandardCharsets.UTF_8), BINARY)) {
      for (Map.Entry<String, List<byte[]>> form : forms(canary).entrySet()) {
        for (byte[] needle : form.getValue()) {
          Path file = home.resolve("planted");
          byte[] content = new byte[needle.length + 1000];
          System.arraycopy(needle, 0, content, 777, needle.length);
          Files.write(file, content);
          assertThat(found(places(home), canary)).as(form.getKey()).isNotEmpty();
        }
      }
      for (int shift = 0; shift < 3; shift++) {
        byte[] shifted = new byte[canary.length + shift + 4];
        System.arraycopy(canary, 0, shifted, shift, canary.length);
        Files.writeString(home.resolve("planted"), Base64.getEncoder().encodeToString(shifted));
        assertThat(found(places(home), canary)).as("base64 from " + shift).isNotEmpty();
      }
    }
    Files.write(home.resolve("planted"), new byte[1000]);
    assertThat(found(places(home), BINARY)).isEmpty();
  }

  /** The engine is told values, and errors that quote them; nobody else is. */
  private static void driver(RunningCoffer coffer) {
    make(coffer, "delivered", TEXT, "");
    List<String> templates =
        List.of(
            "{{secret `delivered`}}",
            "{{secret (secret `delivered`)}}",
            TEXT + "{{.Nope}}",
            "{{`" + TEXT + "` | len | nope}}",
            "{{index .Service.Labels (print `" + TEXT + "` 1) | slice `a` 5}}",
            "{{template `" + TEXT + "`}}",
            "{{`" + TEXT);
    URI spec = URI.create(coffer.dockerDriver());
    SocketAddress driver = new InetSocketAddress(spec.getHost(), spec.getPort());
    int told = 0;
    for (int i = 0; i < templates.size(); i++) {
      make(coffer, "template" + i, templates.get(i), ",\"Templating\":{\"Name\":\"golang\"}");
      String body = "{\"SecretName\":\"template" + i + "\"}";
      Answer answer = Raw.ask(driver, "POST /SecretProvider.GetSecret", "", body);
      assertThat(answer.status()).isEqualTo(200);
      told += answer.body().contains(TEXT) ? 1 : 0;
    }
    assertThat(told).isGreaterThan(1);
  }

  private static void make(RunningCoffer coffer, String name, String value, String more) {
    String data = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    String body = "{\"Name\":\"" + name + "\",\"Data\":\"" + data + "\"" + more + "}";
    assertThat(Raw.ask(coffer.docker(), "POST /secrets/create", JSON, body).status())
        .isEqualTo(201);
  }

  private void lockbox(RunningCoffer coffer) {
    Rest rest = coffer.rest();
    String token = coffer.token();
    String folder = "\"folderId\":\"" + coffer.folderId() + "\"";
    String binary = Base64.getEncoder().encodeToString(BINARY);
    String entries =
        "\"versionPayloadEntries\":[{\"key\":\"t\",\"textValue\":\"%s\"},".formatted(TEXT)
            + "{\"key\":\"b\",\"binaryValue\":\"%s\"}]".formatted(binary);
    Answer made = rest.post(SECRETS, token, "{" + folder + "," + entries + "}");
    String id = made.member("secretId");
    assertThat(rest.get(SECRETS + "/" + id + "/payload", token).body())
        .contains(TEXT)
        .contains(binary);
    assertThat(rest.get(SECRETS + "/" + id, token).status()).isEqualTo(200);
    String changes = "{" + entries.replace("versionPayloadEntries", "payloadEntries") + "}";
    assertThat(rest.post(SECRETS + "/" + id + ":addVersion", token, changes).status())
        .isEqualTo(200);
    assertThat(rest.get(SECRETS + ":getEx?secretId=" + id, token).body()).contains(binary);
    errors.add(
        rest.post(SECRETS + "/" + id + ":addVersion", token, changes.replace("t\",", "b\",")));
    assertThat(rest.get(SECRETS + "?folderId=" + coffer.folderId(), token).status()).isEqualTo(200);
    assertThat(rest.get("/operations/" + made.member("id"), token).status()).isEqualTo(200);

    for (String body :
        List.of(
            TEXT,
            "{" + folder + ",\"textValue\":\"" + TEXT,
            "{" + folder + "," + entries + "} " + TEXT,
            "{" + folder + ",\"versionPayloadEntries\":\"" + TEXT + "\"}",
            "{" + folder + ",\"deletionProtection\":\"" + TEXT + "\"}",
            "{" + folder + ",\"createVersion\":\"" + binary + "\"," + entries + "}",
            "{" + folder + ",\"labels\":{\"k\":{\"" + TEXT + "\":1}}}",
            "{" + folder + ",\"passwordPayloadSpecification\":{\"length\":\"" + TEXT + "\"}}",
            "{"
                + folder
                + ",\"versionPayloadEntries\":[{\"key\":\"k\",\"binaryValue\":\""
                + TEXT
                + "!\"}]}",
            "{"
                + folder
                + ",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\""
                + TEXT
                + "\",\"binaryValue\":\""
                + binary
                + "\"}]}",
            "{"
                + folder
                + ",\"versionPayloadEntries\":[{\"key\":\"a b\",\"textValue\":\""
                + TEXT
                + "\"}]}",
            "{"
                + folder
                + ",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\""
                + TEXT.repeat(4000)
                + "\"}]}",
            "{\"folderId\":\"nope\"," + entries + "}",
            "{" + folder + ",\"description\":\"" + TEXT.repeat(100) + "\"}",
            "{" + folder + ",\"name\":\"" + TEXT.repeat(10) + "\"}",
            "{" + folder + ",\"labels\":{\"k\":\"" + TEXT.toUpperCase(Locale.ROOT) + TEXT + "\"}}",
            "{" + folder + ",\"labels\":{\"" + TEXT.toUpperCase(Locale.ROOT) + TEXT + "\":\"\"}}",
            TEXT.repeat(300_000))) {
      fails(raw(coffer, "POST " + SECRETS, authorization(token), body));
    }
    for (String header : List.of("Bearer ", "Basic ", "", "Bearer t1.", "Api-Key ")) {
      String line = "Authorization: " + header + TEXT + "\r\n";
      fails(raw(coffer, "GET " + SECRETS + "?folderId=" + coffer.folderId(), line, ""));
    }
    String part =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                ("{\"alg\":\"PS256\",\"kid\":\"" + TEXT + "\"}").getBytes(StandardCharsets.UTF_8));
    for (String jwt : List.of(TEXT, part + "." + part + "." + part, part + ".e30." + part)) {
      fails(rest.post("/iam/v1/tokens", "", "{\"jwt\":\"" + jwt + "\"}"));
    }
    fails(rest.post("/iam/v1/tokens", "", "{\"yandexPassportOauthToken\":\"" + TEXT + "\"}"));
    String query = "?pageSize=x&folderId=x&textValue=" + TEXT + "&" + TEXT + "=1";
    fails(raw(coffer, "GET " + SECRETS + query, authorization(token), ""));
    fails(raw(coffer, "GET /nonsense" + query, authorization(token), ""));
    fails(raw(coffer, "PUT /endpoints" + query, authorization(token), TEXT));
    fails(raw(coffer, "GET /endpoints?a=%zz" + TEXT, "", ""));
    fails(raw(coffer, "BREW /endpoints" + query, "X-Hush: " + TEXT + "\r\n", TEXT));
    fails(raw(coffer, "GET /endpoints?a=" + TEXT.repeat(5_000), "", ""));
    fails(raw(coffer, "GET /endpoints", "X-Hush: " + TEXT.repeat(5_000) + "\r\n", ""));
    fails(Raw.exchange(coffer.plaintext(), bytes(TEXT + "\r\n\r\n")));
  }

  private void kms(RunningCoffer coffer) {
    Rest rest = coffer.rest();
    String token = coffer.token();
    String create = "{\"folderId\":\"" + coffer.folderId() + "\",\"defaultAlgorithm\":\"AES_256\"}";
    String key = "/kms/v1/keys/" + rest.post("/kms/v1/keys", token, create).member("keyId");
    for (byte[] canary : List.of(bytes(TEXT), BINARY)) {
      String plain = Base64.getEncoder().encodeToString(canary);
      String context = ",\"aadContext\":\"" + plain + "\"}";
      String sealed =
          rest.post(key + ":encrypt", token, "{\"plaintext\":\"" + plain + "\"" + context)
              .member("ciphertext");
      String ciphertext = "{\"ciphertext\":\"" + sealed + "\"";
      assertThat(rest.post(key + ":decrypt", token, ciphertext + context).body()).contains(plain);
      fails(rest.post(key + ":decrypt", token, ciphertext + "}"));
      fails(rest.post(key + ":decrypt", token, "{\"ciphertext\":\"" + plain + "\"}"));
      fails(rest.post(key + ":encrypt", token, "{\"plaintext\":\"" + plain + "!\"}"));
      fails(rest.post(key + ":encrypt", token, "{\"plaintext\":{\"" + plain + "\":1}}"));
    }
  }

  private void docker(RunningCoffer coffer) {
    String data = Base64.getEncoder().encodeToString(bytes(TEXT));
    String binary = Base64.getEncoder().encodeToString(BINARY);
    String create = "POST /secrets/create";
    for (String value : List.of(data, binary)) {
      String spec = "{\"Name\":\"n" + value.length() + "\",\"Data\":\"" + value + "\"}";
      String query = "?Name=n&Data=" + value.replace("=", "%3D").replace("+", "%2B");
      assertThat(door(coffer, create + query, JSON, spec).status()).isEqualTo(201);
      fails(door(coffer, create + query, JSON, spec));
      fails(door(coffer, create + query, "", spec));
      fails(door(coffer, create + query, JSON, spec + value));
      fails(door(coffer, create + query, JSON, "{\"Data\":\"" + value + "\",\"Name\":"));
      fails(door(coffer, create + query, JSON, "{\"Name\":\"m\",\"Data\":\"" + value + "!\"}"));
      fails(door(coffer, create + query, JSON, "{\"Name\":\" \",\"Data\":\"" + value + "\"}"));
      fails(door(coffer, create + query, JSON, "{\"Name\":{\"Data\":\"" + value + "\"}}"));
      fails(door(coffer, create + query, JSON, "{\"Labels\":\"" + value + "\"}"));
      fails(door(coffer, create + query, JSON, "\"" + value + "\""));
      fails(door(coffer, create + query, JSON, value));
      fails(door(coffer, "PUT /secrets/create" + query, JSON, spec));
      fails(door(coffer, "GET /nonsense" + query, JSON, spec));
      fails(door(coffer, "BREW /secrets" + query, JSON, spec));
      fails(door(coffer, "POST /secrets/create%zz" + query, JSON, spec));
      fails(door(coffer, create + "?Data=" + value.repeat(60_000), JSON, spec));
      fails(door(coffer, "GET /_ping", "X-Hush: " + value.repeat(6_000) + "\r\n", ""));
      String large = "{\"Name\":\"m\",\"Data\":\"" + value.repeat(40_000) + "\"}";
      fails(door(coffer, create, JSON, large));
      fails(door(coffer, create, JSON, value.repeat(1_100_000)));
      assertThat(door(coffer, "GET /secrets", "", "").body()).doesNotContain(value);
      assertThat(door(coffer, "GET /secrets/n" + value.length(), "", "").body())
          .doesNotContain(value);
    }
    assertThat(door(coffer, "DELETE /secrets/n" + data.length(), "", "").status()).isEqualTo(204);
  }

  /** A plugin gives canaries where it should and where it should not. */
  private void drivers(RunningCoffer coffer) {
    String binary = Base64.getEncoder().encodeToString(BINARY);
    try (FakePlugin vault = FakePlugin.onSocket(home.resolve("plugins/vault.sock"))) {
      for (String value : List.of(Base64.getEncoder().encodeToString(bytes(TEXT)), binary)) {
        Answer made =
            door(
                coffer,
                "POST /secrets/create",
                JSON,
                "{\"Name\":\"driven%d\",\"Driver\":{\"Name\":\"vault\"}}"
                    .formatted(value.length()));
        assertThat(made.status()).isEqualTo(201);
        String payload = SECRETS + "/" + made.member("ID") + "/payload";
        for (FakePlugin.Reply bad :
            List.of(
                new FakePlugin.Reply.Http(500, TEXT),
                new FakePlugin.Reply.Http(500, "{\"Err\":\"" + value + "\"}"),
                FakePlugin.json(TEXT),
                FakePlugin.json("{\"Err\":\"" + TEXT + "\",\"Value\":\"" + value + "\"}"),
                FakePlugin.json("{\"Value\":\"" + value + "!\"}"),
                FakePlugin.json("{\"Value\":\"" + value + "\",\"DoNotReuse\":\"" + TEXT + "\"}"),
                FakePlugin.json("{\"Value\":{\"" + TEXT + "\":\"" + value + "\"}}"),
                FakePlugin.json("{\"Value\":\"" + value.repeat(30_000) + "\"}"))) {
          vault.secret(bad);
          fails(coffer.rest().get(payload, coffer.token()));
        }
        vault.secret(FakePlugin.json("{\"Value\":\"" + value + "\"}"));
        assertThat(coffer.rest().get(payload, coffer.token()).body()).containsAnyOf(TEXT, binary);
      }
    }
  }

  private void fails(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(400);
    assertThat(answer.status()).as(answer.body()).isNotEqualTo(500);
    errors.add(answer);
  }

  private static Answer raw(RunningCoffer coffer, String start, String headers, String body) {
    return Raw.ask(coffer.plaintext(), start, headers, body);
  }

  private static Answer door(RunningCoffer coffer, String start, String headers, String body) {
    return Raw.ask(coffer.docker(), start, headers, body);
  }

  private static String authorization(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> places(Path folder) throws IOException {
    Map<String, byte[]> places = new LinkedHashMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        places.put(file.toString(), Files.readAllBytes(file));
      }
    }
    return places;
  }

  private static List<String> found(Map<String, byte[]> places, byte[] canary) {
    List<String> found = new ArrayList<>();
    Map<String, List<byte[]>> forms = forms(canary);
    places.forEach((place, content) -> {
      String haystack = latin(content);
      forms.forEach((form, needles) -> {
        if (needles.stream().anyMatch(needle -> haystack.contains(latin(needle)))) {
          found.add(form + " in " + place);
        }
      });
    });
    return found;
  }

  /** As it is, and as what programs turn bytes into. Base64 begins at any of three places. */
  private static Map<String, List<byte[]>> forms(byte[] canary) {
    Map<String, List<byte[]>> forms = new LinkedHashMap<>();
    forms.put("clear", List.of(canary));
    String hex = HexFormat.of().formatHex(canary);
    forms.put("hex", List.of(bytes(hex), bytes(hex.toUpperCase(Locale.ROOT))));
    String text = latin(canary);
    forms.put(
        "UTF-16",
        List.of(
            text.getBytes(StandardCharsets.UTF_16BE), text.getBytes(StandardCharsets.UTF_16LE)));
    forms.put("bytes as Java prints them", List.of(bytes(inside(Arrays.toString(canary)))));
    List<byte[]> base64 = new ArrayList<>();
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + canary.length];
      System.arraycopy(canary, 0, shifted, shift, canary.length);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        // The first characters hold bits of what stands before, the last of what follows.
        base64.add(bytes(encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1)));
      }
    }
    forms.put("base64", base64);
    return forms;
  }

  private static String inside(String brackets) {
    return brackets.substring(1, brackets.length() - 1);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
