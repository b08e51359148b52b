package io.coffer.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.core.access.Role;
import io.coffer.core.explain.Verb;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of roles at the doors: whoever has a role on the cloud, on the folder or on the very
 * thing calls each verb over REST, over gRPC and at the Docker door, and is let in or refused as
 * the table has it. What {@code coffer access explain} says has to agree.
 */
@Timeout(300)
final class RoleTableTest {
  private static final int THREADS = 8;
  private static final RoleTable TABLE = RoleTable.read();

  /** What would be gone or changed for whoever asks next is made anew for each who may. */
  private static final Set<String> CONSUMING =
      Set.of(
          "SecretService.Delete",
          "SecretService.Deactivate",
          "SecretService.ScheduleVersionDestruction",
          "SecretService.CancelVersionDestruction",
          "docker.secret.update",
          "docker.secret.rm",
          "CloudService.Delete",
          "FolderService.Delete",
          "SymmetricKeyService.Delete",
          "SymmetricKeyService.ScheduleVersionDestruction",
          "SymmetricKeyService.CancelVersionDestruction",
          "ServiceAccountService.Delete",
          "GroupService.Delete",
          "FederationService.Delete",
          "FederatedCredentialService.Delete",
          "UserAccountService.Delete",
          "ServiceAccountService.Suspend",
          "KeyService.Delete",
          "ApiKeyService.Delete");

  @TempDir private static Path home = Path.of("");

  private static final Map<String, Method> METHODS = Method.all();
  private static final AtomicInteger numbers = new AtomicInteger();
  private static final AtomicLong calls = new AtomicLong();
  private static RunningCoffer coffer;
  private static Rest rest;
  private static ClientFactory factory;

  /** On what a role is bound. */
  private enum Level {
    CLOUD(EnumSet.allOf(RoleTable.Kind.class)),
    FOLDER(
        EnumSet.of(
            RoleTable.Kind.FOLDER,
            RoleTable.Kind.SECRET,
            RoleTable.Kind.KEY,
            RoleTable.Kind.ACCOUNT,
            RoleTable.Kind.FEDERATION)),
    THING(
        EnumSet.of(
            RoleTable.Kind.SECRET,
            RoleTable.Kind.KEY,
            RoleTable.Kind.ACCOUNT,
            RoleTable.Kind.GROUP,
            RoleTable.Kind.FEDERATION));

    @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it and nobody else has it.
    private final EnumSet<RoleTable.Kind> covered;

    Level(EnumSet<RoleTable.Kind> covered) {
      this.covered = covered;
    }

    boolean covers(RoleTable.Kind on) {
      return covered.contains(on);
    }
  }

  /** Somebody who has one role at one level. */
  private record Holder(String role, Level level, String id, String token, Channel channel) {
    boolean may(RoleTable.Row row) {
      return row.roles().contains(role) && level.covers(row.on());
    }
  }

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home, Map.of(Setting.DOCKER_PLAINTEXT_LISTEN, "127.0.0.1:0"));
    rest = coffer.rest();
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static Channel channel(String token) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", "Bearer " + token)
        .build(SecretServiceGrpc.SecretServiceBlockingStub.class)
        .getChannel();
  }

  @Test
  void everyRoleIsInTheTable() {
    assertThat(TABLE.roles())
        .containsExactlyInAnyOrderElementsOf(Stream.of(Role.values()).map(Role::id).toList());
  }

  @Test
  void everyVerbThatIsServedIsInTheTableAndCanBeExplained() {
    Channel channel = channel("none");
    Set<String> served = new TreeSet<>();
    METHODS.forEach((name, method) -> {
      if (method.overGrpc(channel, "{}").getCode() != Status.Code.UNIMPLEMENTED) {
        served.add(name);
      }
    });
    Set<String> written = new TreeSet<>(TABLE.free());
    TABLE.rows().keySet().stream()
        .filter(verb -> !verb.startsWith("docker."))
        .forEach(written::add);
    assertThat(written).isEqualTo(served);
    assertThat(Stream.of(Verb.values()).map(Verb::id).toList())
        .containsExactlyInAnyOrderElementsOf(TABLE.rows().keySet());
  }

  @Test
  void everyCellIsAsWritten() throws Exception {
    Map<String, String> there = things();
    List<Holder> holders = new ArrayList<>();
    for (String role : TABLE.roles()) {
      for (Level level : Level.values()) {
        holders.add(holder(role, level));
      }
    }
    Map<Level, String> bindings = new HashMap<>();
    for (Level level : Level.values()) {
      bindings.put(level, bindings(holders, level));
    }
    bind("/resource-manager/v1/clouds/" + in(there, "cloud"), on(bindings, Level.CLOUD));
    for (String folder : List.of("folder", "dockerFolder")) {
      bind("/resource-manager/v1/folders/" + in(there, folder), on(bindings, Level.FOLDER));
    }
    for (String secret : List.of("secret", "docker")) {
      bind("/lockbox/v1/secrets/" + in(there, secret), on(bindings, Level.THING));
    }
    bind("/organization-manager/v1/groups/" + in(there, "group"), on(bindings, Level.THING));
    bind("/iam/v1/workload/oidc/federations/" + in(there, "federation"), on(bindings, Level.THING));
    bind("/kms/v1/keys/" + in(there, "key"), on(bindings, Level.THING));
    bind("/iam/v1/serviceAccounts/" + in(there, "account"), on(bindings, Level.THING));

    List<String> wrong = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<String>>> done = new ArrayList<>();
      for (Holder holder : holders) {
        done.add(
            threads.submit(() -> {
              List<String> cells = new ArrayList<>();
              for (RoleTable.Row row : TABLE.rows().values()) {
                cells.addAll(wrong(holder, row, there, bindings));
              }
              return cells;
            }));
      }
      for (Future<List<String>> each : done) {
        wrong.addAll(each.get());
      }
    }
    assertThat(wrong).isEmpty();
    long cells =
        TABLE.rows().values().stream().mapToLong(row -> transports(row).size()).sum()
            * holders.size();
    assertThat(calls.get()).as("no cell was left out").isEqualTo(cells);
  }

  /** The answers that are not as written. */
  private static List<String> wrong(
      Holder holder, RoleTable.Row row, Map<String, String> shared, Map<Level, String> bindings) {
    boolean may = holder.may(row);
    List<String> wrong = new ArrayList<>();
    String cell = holder.role() + " on " + holder.level() + " " + row.verb();
    for (String transport : transports(row)) {
      // Clouds are few: whoever makes one takes it away before the next one is made.
      String answer;
      if (row.verb().equals("CloudService.Create") || row.verb().equals("CloudService.Delete")) {
        synchronized (numbers) {
          answer = answer(holder, row, transport, things(holder, row, may, shared, bindings));
          if (may) {
            clean(holder, shared);
          }
        }
      } else {
        answer = answer(holder, row, transport, things(holder, row, may, shared, bindings));
      }
      if (!answer.equals(may ? "done" : "denied")) {
        wrong.add(cell + " over " + transport + ": " + answer);
      }
    }
    // Of those that are refused wherever they have the role one place will do.
    if (row.roles().contains(holder.role()) || holder.level() == Level.CLOUD) {
      String explained = explained(holder, row, shared);
      if (!explained.equals(may ? "true" : "false")) {
        wrong.add(cell + " explained: " + explained);
      }
    }
    return wrong;
  }

  private static List<String> transports(RoleTable.Row row) {
    return row.verb().startsWith("docker.") ? List.of("docker") : List.of("rest", "grpc");
  }

  private static String answer(
      Holder holder, RoleTable.Row row, String transport, Map<String, String> there) {
    calls.incrementAndGet();
    return switch (transport) {
      case "docker" -> docker(holder, row, there);
      case "grpc" -> {
        Status status = method(row).overGrpc(holder.channel(), filled(row, there));
        yield switch (status.getCode()) {
          case OK -> "done";
          case PERMISSION_DENIED -> "denied";
          default -> status.toString();
        };
      }
      case "rest" -> {
        Answer answer = method(row).overRest(rest, holder.token(), filled(row, there));
        if (answer.status() == 200) {
          yield "done";
        }
        yield answer.status() == 403 && answer.body().startsWith("{\"code\":7,")
            ? "denied"
            : answer.status() + answer.body();
      }
      default -> throw new AssertionError(transport);
    };
  }

  private static Method method(RoleTable.Row row) {
    Method method = METHODS.get(row.verb());
    if (method == null) {
      throw new AssertionError("nobody publishes " + row.verb());
    }
    return method;
  }

  /** Only who made a cloud may take it away. */
  private static void clean(Holder holder, Map<String, String> there) {
    Answer clouds = rest.get("/resource-manager/v1/clouds", holder.token());
    Matcher ids = Pattern.compile("\"id\":\"(b1g[^\"]*)\"").matcher(clouds.body());
    while (ids.find()) {
      if (!ids.group(1).equals(in(there, "cloud"))) {
        Answer gone =
            rest.send(
                rest.request("/resource-manager/v1/clouds/" + ids.group(1), holder.token())
                    .DELETE());
        assertThat(gone.status()).as(gone.body()).isEqualTo(200);
      }
    }
  }

  private static String filled(RoleTable.Row row, Map<String, String> there) {
    String request = RoleRequests.of(row);
    List<String> words = new ArrayList<>(there.keySet());
    words.sort((a, b) -> b.length() - a.length());
    for (String word : words) {
      request = request.replace("$" + word, in(there, word));
    }
    return request.replace("$number", "" + numbers.incrementAndGet());
  }

  private static String docker(Holder holder, RoleTable.Row row, Map<String, String> there) {
    String id = in(there, "docker");
    String name = "d" + numbers.incrementAndGet();
    Answer answer =
        switch (row.verb()) {
          case "docker.secret.create" ->
              docker(
                  holder.token(),
                  "POST /secrets/create",
                  "{\"Name\":\"" + name + "\",\"Data\":\"dg==\"}");
          case "docker.secret.ls" -> docker(holder.token(), "GET /secrets", "");
          case "docker.secret.inspect" -> docker(holder.token(), "GET /secrets/" + id, "");
          case "docker.secret.update" ->
              docker(
                  holder.token(),
                  "POST /secrets/" + id + "/update?version=" + in(there, "index"),
                  "{\"Name\":\"" + in(there, "dockerName") + "\",\"Labels\":{\"a\":\"b\"}}");
          case "docker.secret.rm" -> docker(holder.token(), "DELETE /secrets/" + id, "");
          default -> throw new AssertionError(row.verb());
        };
    return switch (answer.status()) {
      case 200, 201, 204 -> "done";
      case 403 -> answer.body().contains("permission denied to ") ? "denied" : answer.body();
      default -> answer.status() + answer.body();
    };
  }

  private static Answer docker(String token, String start, String body) {
    return Raw.ask(
        coffer.dockerPlaintext(),
        start,
        "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n",
        body);
  }

  private static String explained(Holder holder, RoleTable.Row row, Map<String, String> there) {
    boolean docker = row.verb().startsWith("docker.");
    String resource =
        switch (row.on()) {
          case CLOUD -> "cloud:" + in(there, "cloud");
          case FOLDER -> "folder:" + in(there, docker ? "dockerFolder" : "folder");
          case SECRET -> "secret:" + in(there, docker ? "docker" : "secret");
          case KEY -> "key:" + in(there, "key");
          case ACCOUNT -> "serviceAccount:" + in(there, "account");
          case GROUP -> "group:" + in(there, "group");
          case FEDERATION -> "federation:" + in(there, "federation");
        };
    String answer =
        post(
                "/coffer/v1/access:explain",
                "{\"subject\":\"serviceAccount:%s\",\"verb\":\"%s\",\"resource\":\"%s\"}"
                    .formatted(holder.id(), row.verb(), resource))
            .body();
    return answer.startsWith("{\"allowed\":true")
        ? "true"
        : answer.startsWith("{\"allowed\":false") ? "false" : answer;
  }

  private static String in(Map<String, String> there, String word) {
    String thing = there.get(word);
    if (thing == null) {
      throw new AssertionError("there is no " + word);
    }
    return thing;
  }

  private static String on(Map<Level, String> bindings, Level level) {
    String bound = bindings.get(level);
    if (bound == null) {
      throw new AssertionError("nothing is bound on " + level);
    }
    return bound;
  }

  private static Answer post(String path, String body) {
    return sent("POST", path, body);
  }

  private static Answer sent(String method, String path, String body) {
    Answer answer =
        rest.send(
            rest.request(path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    if (answer.status() != 200) {
      throw new AssertionError(method + " " + path + " " + body + ": " + answer);
    }
    return answer;
  }

  private static String name() {
    return "\"name\":\"n" + numbers.incrementAndGet() + "\"";
  }

  /** What everybody asks about. */
  private static Map<String, String> things() {
    Map<String, String> there = new HashMap<>();
    there.put(
        "cloud",
        rest.get("/resource-manager/v1/folders/" + coffer.folderId(), coffer.token())
            .member("cloudId"));
    there.put(
        "folder",
        post(
                "/resource-manager/v1/folders",
                "{\"cloudId\":\"" + in(there, "cloud") + "\"," + name() + "}")
            .member("folderId"));
    there.put("dockerFolder", coffer.dockerFolderId());
    there.putAll(secret(in(there, "folder")));
    there.putAll(dockerSecret());
    there.putAll(key(in(there, "folder")));
    there.put(
        "ciphertext",
        post("/kms/v1/keys/" + in(there, "key") + ":encrypt", "{\"plaintext\":\"dg==\"}")
            .member("ciphertext")
            .replace("\\u003d", "="));
    there.putAll(account(in(there, "folder")));
    there.putAll(group(in(there, "cloud")));
    there.putAll(user(in(there, "cloud")));
    there.putAll(federation(in(there, "folder")));
    there.put("credential", credential(in(there, "account"), in(there, "federation")));
    there.put("loginKey", loginKey(in(there, "account")));
    there.put("apiKey", apiKey(in(there, "account")));
    try (CertificateRequest.Draft draft =
        CertificateRequest.draft(SubjectName.parse("CN=role,O=table"))) {
      there.put("request", draft.pem().replace("\n", "\\n"));
    }
    return there;
  }

  /** With two versions, the first of which is not current. */
  private static Map<String, String> secret(String folderId) {
    Answer made =
        post(
            "/lockbox/v1/secrets",
            "{\"folderId\":\""
                + folderId
                + "\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}");
    String id = made.member("secretId");
    post(
        "/lockbox/v1/secrets/" + id + ":addVersion",
        "{\"payloadEntries\":[{\"key\":\"k\",\"textValue\":\"w\"}]}");
    return Map.of("secret", id, "version", made.member("versionId"));
  }

  private static Map<String, String> dockerSecret() {
    String name = "s" + numbers.incrementAndGet();
    String body = "{\"Name\":\"" + name + "\",\"Data\":\"dg==\"}";
    String id = docker(coffer.token(), "POST /secrets/create", body).member("ID");
    String shown = docker(coffer.token(), "GET /secrets/" + id, "").body();
    return Map.of(
        "docker",
        id,
        "dockerName",
        name,
        "index",
        shown.replaceFirst("(?s).*\"Index\":\\s*(\\d+).*", "$1"));
  }

  private static Map<String, String> key(String folderId) {
    Answer made =
        post(
            "/kms/v1/keys", "{\"folderId\":\"" + folderId + "\",\"defaultAlgorithm\":\"AES_256\"}");
    String id = made.member("keyId");
    String version = made.member("primaryVersionId");
    post("/kms/v1/keys/" + id + ":rotate", "{}");
    return Map.of("key", id, "keyVersion", version);
  }

  private static Map<String, String> account(String folderId) {
    return Map.of(
        "account",
        post("/iam/v1/serviceAccounts", "{\"folderId\":\"" + folderId + "\"," + name() + "}")
            .member("serviceAccountId"));
  }

  private static Map<String, String> group(String cloudId) {
    return Map.of(
        "group",
        post(
                "/organization-manager/v1/groups",
                "{\"organizationId\":\"" + cloudId + "\"," + name() + "}")
            .member("groupId"));
  }

  private static Map<String, String> federation(String folderId) {
    return Map.of(
        "federation",
        post(
                "/iam/v1/workload/oidc/federations",
                "{\"folderId\":\""
                    + folderId
                    + "\",\"issuer\":\"https://issuer.example\",\"audiences\":[\"a\"],"
                    + "\"jwksUrl\":\"https://issuer.example/jwks\","
                    + name()
                    + "}")
            .member("federationId"));
  }

  private static String credential(String accountId, String federationId) {
    return post(
            "/iam/v1/workload/federatedCredentials",
            "{\"serviceAccountId\":\"%s\",\"federationId\":\"%s\",\"externalSubjectId\":\"s%d\"}"
                .formatted(accountId, federationId, numbers.incrementAndGet()))
        .member("federatedCredentialId");
  }

  private static Map<String, String> user(String cloudId) {
    String body =
        post(
                "/coffer/v1/userAccounts",
                "{\"organizationId\":\""
                    + cloudId
                    + "\",\"login\":\"u"
                    + numbers.incrementAndGet()
                    + "\"}")
            .body();
    return Map.of(
        "user", body.replaceFirst("(?s).*?\"userAccount\":\\{\"id\":\"([^\"]*)\".*", "$1"));
  }

  private static String loginKey(String accountId) {
    String body = post("/iam/v1/keys", "{\"serviceAccountId\":\"" + accountId + "\"}").body();
    return body.replaceFirst("(?s).*?\"key\":\\{\"id\":\"([^\"]*)\".*", "$1");
  }

  private static String apiKey(String accountId) {
    String body = post("/iam/v1/apiKeys", "{\"serviceAccountId\":\"" + accountId + "\"}").body();
    return body.replaceFirst("(?s).*?\"apiKey\":\\{\"id\":\"([^\"]*)\".*", "$1");
  }

  private static Holder holder(String role, Level level) {
    String id = in(account(coffer.folderId()), "account");
    String token =
        post("/iam/v1/tokens:createForServiceAccount", "{\"serviceAccountId\":\"" + id + "\"}")
            .member("iamToken");
    return new Holder(role, level, id, token, channel(token));
  }

  private static String binding(String role, String id) {
    return "{\"roleId\":\"%s\",\"subject\":{\"type\":\"serviceAccount\",\"id\":\"%s\"}}"
        .formatted(role, id);
  }

  /** All that is bound on things of a level; the administrator stays what he is. */
  private static String bindings(List<Holder> holders, Level level) {
    Stream<String> theirs =
        holders.stream()
            .filter(holder -> holder.level() == level)
            .map(holder -> binding(holder.role(), holder.id()));
    Stream<String> his =
        level == Level.CLOUD
            ? Stream.of(binding("admin", coffer.adminKey().accountId()))
            : Stream.of();
    return Stream.concat(his, theirs).collect(Collectors.joining(",", "[", "]"));
  }

  private static void bind(String path, String bindings) {
    post(path + ":setAccessBindings", "{\"accessBindings\":" + bindings + "}");
  }

  /** What is asked about: for who may and uses it up, something of its own. */
  private static Map<String, String> things(
      Holder holder,
      RoleTable.Row row,
      boolean may,
      Map<String, String> shared,
      Map<Level, String> bindings) {
    Map<String, String> there = new HashMap<>(shared);
    Level level =
        switch (row.on()) {
          case CLOUD -> Level.CLOUD;
          case FOLDER -> Level.FOLDER;
          case SECRET, KEY, ACCOUNT, GROUP, FEDERATION -> Level.THING;
        };
    String all = on(bindings, level);
    there.put("bindings", all);
    if (may && CONSUMING.contains(row.verb())) {
      there.putAll(fresh(row, shared));
      // An account of a person is nothing that a role is bound on.
      if (holder.level() == level && !row.verb().startsWith("UserAccountService.")) {
        bind(path(row, there), "[" + binding(holder.role(), holder.id()) + adminOf(row) + "]");
      }
    }
    return there;
  }

  private static String adminOf(RoleTable.Row row) {
    return row.on() == RoleTable.Kind.CLOUD
        ? "," + binding("admin", coffer.adminKey().accountId())
        : "";
  }

  private static String path(RoleTable.Row row, Map<String, String> there) {
    boolean docker = row.verb().startsWith("docker.");
    return switch (row.on()) {
      case CLOUD -> "/resource-manager/v1/clouds/" + in(there, "cloud");
      case FOLDER -> "/resource-manager/v1/folders/" + in(there, "folder");
      case SECRET -> "/lockbox/v1/secrets/" + in(there, docker ? "docker" : "secret");
      case KEY -> "/kms/v1/keys/" + in(there, "key");
      case ACCOUNT -> "/iam/v1/serviceAccounts/" + in(there, "account");
      case GROUP -> "/organization-manager/v1/groups/" + in(there, "group");
      case FEDERATION -> "/iam/v1/workload/oidc/federations/" + in(there, "federation");
    };
  }

  private static Map<String, String> fresh(RoleTable.Row row, Map<String, String> shared) {
    String folderId = in(shared, "folder");
    String method = row.verb().substring(row.verb().lastIndexOf('.') + 1);
    Map<String, String> fresh =
        new HashMap<>(
            switch (row.verb().substring(0, row.verb().lastIndexOf('.'))) {
              case "SecretService" -> secret(folderId);
              case "docker.secret" -> dockerSecret();
              case "SymmetricKeyService" -> key(folderId);
              case "ServiceAccountService" -> account(folderId);
              case "UserAccountService" -> user(in(shared, "cloud"));
              case "GroupService" -> group(in(shared, "cloud"));
              case "FederationService" -> federation(folderId);
              case "FederatedCredentialService" -> {
                Map<String, String> account = account(folderId);
                yield Map.of(
                    "account",
                    in(account, "account"),
                    "credential",
                    credential(in(account, "account"), in(shared, "federation")));
              }
              case "CloudService" ->
                  Map.of(
                      "cloud",
                      post(
                              "/resource-manager/v1/clouds",
                              "{\"organizationId\":\"o\"," + name() + "}")
                          .member("cloudId"));
              case "FolderService" ->
                  Map.of(
                      "folder",
                      post(
                              "/resource-manager/v1/folders",
                              "{\"cloudId\":\"" + in(shared, "cloud") + "\"," + name() + "}")
                          .member("folderId"));
              case "KeyService" -> {
                Map<String, String> account = account(folderId);
                yield Map.of(
                    "account",
                    in(account, "account"),
                    "loginKey",
                    loginKey(in(account, "account")));
              }
              case "ApiKeyService" -> {
                Map<String, String> account = account(folderId);
                yield Map.of(
                    "account", in(account, "account"), "apiKey", apiKey(in(account, "account")));
              }
              default -> throw new AssertionError(row.verb());
            });
    if (method.equals("CancelVersionDestruction")) {
      boolean key = row.on() == RoleTable.Kind.KEY;
      post(
          path(row, fresh) + ":scheduleVersionDestruction",
          "{\"versionId\":\"" + in(fresh, key ? "keyVersion" : "version") + "\"}");
    }
    return fresh;
  }
}
