package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RequestInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.Bytes;
import io.coffer.crypto.Digest;
import io.coffer.crypto.seal.Answers;
import io.coffer.crypto.seal.Custodian;
import io.coffer.engine.rocksdb.Forked;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose store is sealed while it runs, or was not opened yet, and the operator's door. */
@Timeout(180)
final class SealedTest {
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final String WORDS =
      "coffer is sealed; an operator opens it with: coffer operator unseal";
  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir private Path home;

  private Answer operator(String call, String... lines) {
    String body = Stream.of(lines).map(line -> line + "\n").reduce("", String::concat);
    return Raw.ask(UnixDomainSocketAddress.of(home.resolve("data/operator.sock")), call, "", body);
  }

  private List<String> init(String seal, String... answers) {
    Answers custodian = Answers.of(answers);
    assertThat(
            new Operator(
                    RunningCoffer.settings(home, Map.of(Setting.SEAL, seal)),
                    custodian,
                    Clock.systemUTC())
                .init()
                .storeId())
        .hasSize(32);
    return custodian.taken();
  }

  private RunningCoffer start(String seal) {
    return RunningCoffer.start(home, Map.of(Setting.SEAL, seal));
  }

  private static Answer create(RunningCoffer coffer, String token, String name) {
    return coffer
        .rest()
        .post(
            SECRETS,
            token,
            "{\"folderId\":\"%s\",\"name\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"value of %s\"}]}"
                .formatted(coffer.folderId(), name, name));
  }

  private static void assertSealed(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .startsWith("{\"code\":14,\"message\":\"" + WORDS + "\",\"details\":[{\"@type\":")
        .contains(answer.header("x-request-id"));
    assertThat(answer.header("x-request-id")).hasSize(36);
  }

  @Test
  void everyDoorSaysInItsOwnFormThatItIsSealed() throws InvalidProtocolBufferException {
    Map<Setting, String> more =
        Map.of(
            Setting.DOCKER_LISTEN, "127.0.0.1:0",
            Setting.DOCKER_PLAINTEXT_LISTEN, "127.0.0.1:0",
            Setting.DOCKER_DRIVER_LISTEN, "127.0.0.1:0");
    try (RunningCoffer coffer = RunningCoffer.start(home, more)) {
      String token = coffer.token();
      String secret = create(coffer, token, "a").member("secretId");
      assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");

      assertSealed(coffer.rest().get(SECRETS + "/" + secret + "/payload", token));
      assertSealed(coffer.rest().post(SECRETS, token, "{}"));
      assertSealed(coffer.rest().get("/nowhere", ""));
      Answer exchange = coffer.rest().post("/oauth/token", "", "grant_type=any");
      assertThat(exchange.status()).isEqualTo(503);
      assertThat(exchange.member("error")).isEqualTo("temporarily_unavailable");
      assertThat(exchange.member("error_description")).isEqualTo(WORDS);
      assertSealed(Raw.ask(coffer.plaintext(), "GET /endpoints", "", ""));
      assertSealed(Raw.ask(coffer.plaintext(), "POST " + SECRETS, "", new byte[1 << 20]));

      String grpc = "gproto+http" + coffer.plaintextUrl().substring("http".length());
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  GrpcClients.newClient(grpc, PayloadServiceGrpc.PayloadServiceBlockingStub.class)
                      .get(GetPayloadRequest.newBuilder().setSecretId(secret).build()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refused.getStatus().getDescription()).isEqualTo(WORDS);
      com.google.rpc.Status said =
          Optional.ofNullable(StatusProto.fromThrowable(refused)).orElseThrow();
      assertThat(said.getDetails(0).unpack(RequestInfo.class).getRequestId()).hasSize(36);
      HealthGrpc.HealthBlockingStub health =
          GrpcClients.newClient(grpc, HealthGrpc.HealthBlockingStub.class);
      assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(ServingStatus.NOT_SERVING);

      String message =
          "{\"message\":\"Swarm is encrypted and needs to be unlocked before it can be used. Coffer is sealed; an operator opens it with \\\"coffer operator unseal\\\".\"}\n";
      for (Answer answer :
          List.of(
              Raw.ask(coffer.docker(), "GET /v1.51/secrets", "", ""),
              Raw.ask(coffer.docker(), "GET /_ping", "", ""),
              Raw.ask(coffer.docker(), "POST /secrets/create", "", new byte[1 << 20]),
              Raw.ask(coffer.docker(), "GET /v1.51/events", "", ""),
              Raw.ask(coffer.dockerPlaintext(), "GET /v1.51/secrets", "", ""),
              coffer.dockerOverTls().get("/v1.51/secrets", token))) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(message);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
      }

      URI driver = URI.create(coffer.dockerDriver());
      Answer driven =
          Raw.ask(
              new InetSocketAddress(driver.getHost(), driver.getPort()),
              "POST /SecretProvider.GetSecret",
              "",
              "{\"SecretName\":\"a\"}");
      assertThat(driven.status()).isEqualTo(503);
      assertThat(driven.body()).contains("\"Err\":\"" + WORDS + "\"");

      assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
      assertThat(coffer.rest().get(SECRETS + "/" + secret + "/payload", token).body())
          .contains("value of a");
      assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
      assertThat(Raw.ask(coffer.docker(), "GET /_ping", "", "").body()).isEqualTo("OK");
    }
  }

  @Test
  void sharesOpenItOneAtATimeAndAWrongOneDoesNotCount() throws IOException {
    List<String> shares = init("shares:2/3");
    try (RunningCoffer coffer = start("shares:2/3")) {
      assertThat(Files.getPosixFilePermissions(home.resolve("data/operator.sock")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(operator("GET /v1/status").body())
          .contains("\"state\":\"sealed\"", "\"seal\":\"shares\"", "\"given\":0,\"needed\":2");

      assertThat(operator("POST /v1/unseal", shares.get(0)).body()).contains("\"given\":1");
      Answer twice = operator("POST /v1/unseal", shares.get(0));
      assertThat(twice.status()).isEqualTo(409);
      assertThat(twice.member("message")).isEqualTo("share 1 was given twice");
      Answer typo = operator("POST /v1/unseal", shares.get(1).replace(":2:", ":3:"));
      assertThat(typo.member("message")).startsWith("this share has a typing error");
      assertThat(operator("GET /v1/status").body()).contains("\"given\":1");
      assertThat(operator("POST /v1/unseal?reset=true").body()).contains("\"given\":0");
      assertThat(operator("POST /v1/unseal", shares.get(2)).body()).contains("\"given\":1");

      Answer opened = operator("POST /v1/unseal", shares.get(1));
      assertThat(opened.body()).contains("\"state\":\"open\"", "\"given\":0");
      assertThat(create(coffer, coffer.token(), "a").status()).isEqualTo(200);
      assertThat(operator("POST /v1/unseal", "whatever").body()).contains("\"state\":\"open\"");
    }
    List<String> trail = new ArrayList<>();
    assertThat(
            AuditReader.walk(
                    RunningCoffer.settings(home, Map.of(Setting.SEAL, "shares:2/3")),
                    Answers.of(shares.subList(0, 2)),
                    trail::add)
                .sound())
        .isTrue();
    assertThat(trail).filteredOn(line -> line.contains("Unseal")).hasSize(1);
    assertThat(trail)
        .anyMatch(line -> line.contains("Unseal") && line.contains("\"refused\":\"2\""));
  }

  @Test
  void sharesThatDoNotFitTogetherAreAllForgotten() {
    List<String> shares = init("shares:2/3");
    String forged = Forgery.ofPart(shares.get(1));
    try (RunningCoffer coffer = start("shares:2/3")) {
      assertThat(operator("POST /v1/unseal", shares.get(0)).body()).contains("\"given\":1");
      assertThat(operator("POST /v1/unseal", forged).member("message"))
          .startsWith("these shares do not give the seal key");
      assertThat(operator("GET /v1/status").body()).contains("\"given\":0");
      assertThat(operator("POST /v1/unseal", shares.get(0), shares.get(1)).body())
          .contains("\"state\":\"open\"");
      assertThat(coffer.token()).isNotEmpty();
    }
  }

  @Test
  void aPassphraseOpensItAndAWrongOneIsToldAndNotRepeated() {
    init("passphrase", PASSPHRASE);
    String secret;
    try (RunningCoffer coffer = start("passphrase")) {
      Answer wrong = operator("POST /v1/unseal", "hunter2 hunter2");
      assertThat(wrong.status()).isEqualTo(409);
      assertThat(wrong.member("message"))
          .startsWith("this is not the passphrase of the store")
          .doesNotContain("hunter2");
      assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"sealed\"");
      assertThat(operator("POST /v1/unseal", PASSPHRASE).body()).contains("\"state\":\"open\"");
      secret = create(coffer, coffer.token(), "a").member("secretId");
    }
    // What clients trusted before, they trust now: it shows the certificate it showed last.
    try (RunningCoffer coffer = start("passphrase")) {
      assertSealed(coffer.rest().get(SECRETS + "/" + secret, ""));
      assertThat(operator("POST /v1/unseal", PASSPHRASE).body()).contains("\"state\":\"open\"");
      assertThat(coffer.rest().get(SECRETS + "/" + secret + "/payload", coffer.token()).body())
          .contains("value of a");
    }
  }

  @Test
  void whoIsAskedAtTheStartNeedNoOperator() {
    init("passphrase", PASSPHRASE);
    Custodian asked = Answers.of(PASSPHRASE);
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.SEAL, "passphrase"), asked)) {
      assertThat(operator("GET /v1/status").body()).contains("\"state\":\"open\"");
      assertThat(coffer.token()).isNotEmpty();
    }
  }

  @Test
  void sealingTwiceAndUnsealingTwiceChangesNothingMore() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String token = coffer.token();
      for (int round = 0; round < 2; round++) {
        assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
        assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
        assertThat(operator("POST /v1/rotate").member("message"))
            .isEqualTo("the store is sealed; open it first: coffer operator unseal");
        assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
        assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
        assertThat(create(coffer, token, "round" + round).status()).isEqualTo(200);
      }
      assertThat(operator("GET /elsewhere").status()).isEqualTo(404);
      assertThat(
              Raw.ask(
                      UnixDomainSocketAddress.of(home.resolve("data/operator.sock")),
                      "POST /v1/unseal",
                      "",
                      new byte[Listeners.OPERATOR_REQUEST_MAX + 1])
                  .status())
          .isEqualTo(413);
    }
    List<String> trail = new ArrayList<>();
    assertThat(AuditReader.walk(RunningCoffer.settings(home, Map.of()), trail::add).sound())
        .isTrue();
    assertThat(trail).filteredOn(line -> line.contains("server.Seal\"")).hasSize(2);
    assertThat(trail).filteredOn(line -> line.contains("server.Unseal\"")).hasSize(2);
  }

  @Test
  void underLoadEachCallIsAnsweredAndWhatWasAcknowledgedIsThere() throws InterruptedException {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String token = coffer.token();
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger next = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      Queue<String> made = new ConcurrentLinkedQueue<>();
      Queue<String> unexpected = new ConcurrentLinkedQueue<>();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(
            Thread.ofPlatform()
                .start(() -> {
                  while (!over.get()) {
                    Answer answer = create(coffer, token, "n" + next.incrementAndGet());
                    switch (answer.status()) {
                      case 200 -> made.add(answer.member("secretId"));
                      case 503 -> refused.incrementAndGet();
                      default -> unexpected.add(answer.status() + " " + answer.body());
                    }
                  }
                }));
      }
      for (int round = 0; round < 3; round++) {
        int before = made.size();
        while (made.size() < before + 20 && unexpected.isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
        int told = refused.get();
        while (refused.get() < told + 4 && unexpected.isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(unexpected).isEmpty();
      for (String secret : made) {
        assertThat(coffer.rest().get(SECRETS + "/" + secret, token).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void streamsEndWhenItIsSealed() {
    try (RunningCoffer coffer = RunningCoffer.start(home);
        RawConnection events = coffer.connectDocker()) {
      events.send("GET /v1.51/events HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(events.line()).contains("200");
      assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
      assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
    }
  }

  @Test
  void twentyTimesLeaveNoThreadAndNoFileOpen() throws IOException {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String token = coffer.token();
      Rest rest = coffer.rest();
      String secret = create(coffer, token, "a").member("secretId");
      long threads = 0;
      long files = 0;
      for (int i = 0; i < 20; i++) {
        assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
        assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"open\"");
        assertThat(rest.get(SECRETS + "/" + secret + "/payload", token).status()).isEqualTo(200);
        if (i == 4) { // What is made once is there by then.
          threads = Thread.getAllStackTraces().size();
          files = openFiles();
        }
      }
      assertThat(Thread.getAllStackTraces().size()).isLessThan((int) threads + 10);
      assertThat(openFiles()).isLessThan(files + 10);
    }
  }

  /** But for the store's own, of which there are more with each opening until they are merged. */
  private static long openFiles() throws IOException {
    List<Path> open;
    try (Stream<Path> each = Files.list(Path.of("/proc/self/fd"))) {
      open = each.toList();
    }
    long count = 0;
    for (Path file : open) {
      // The one that listed them is closed by now.
      count +=
          Files.exists(file) && !Files.readSymbolicLink(file).toString().endsWith(".sst") ? 1 : 0;
    }
    return count;
  }

  @Test
  void aKillWhileSealedOrWhileUnsealingLosesNothing() throws Exception {
    List<String> made = new ArrayList<>();
    for (int kill = 0; kill < 6; kill++) {
      try (Forked process = Forked.start(List.of(), HeapDumpTest.Serving.class, home.toString())) {
        HeapDumpTest.awaitServing(process);
        Map<String, String> at = ConnectFile.read(home.resolve("data")).orElseThrow();
        Rest rest =
            new Rest(
                String.valueOf(at.get(ConnectFile.URL)),
                Path.of(String.valueOf(at.get(ConnectFile.CA_CERTIFICATE))));
        String token =
            AuthorizedKey.read(Path.of(String.valueOf(at.get(ConnectFile.KEY_FILE)))).login(rest);
        Answer created =
            rest.post(
                SECRETS,
                token,
                "{\"folderId\":\"%s\",\"name\":\"kill%d\"}"
                    .formatted(at.get(ConnectFile.FOLDER_ID), kill));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        made.add(created.member("secretId"));
        for (String secret : made) {
          assertThat(rest.get(SECRETS + "/" + secret, token).status()).isEqualTo(200);
        }
        assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
        if (kill % 2 == 1) {
          SocketChannel unsealing =
              SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("data/operator.sock")));
          Raw.send(unsealing, "POST /v1/unseal HTTP/1.1\r\nHost: operator\r\n\r\n".getBytes(UTF_8));
          LockSupport.parkNanos(Duration.ofMillis(20L * kill).toNanos());
          process.kill();
          unsealing.close();
        } else {
          process.kill();
        }
      }
    }
    assertThat(AuditReader.walk(RunningCoffer.settings(home, Map.of()), _ -> {}).sound()).isTrue();
  }

  @Test
  void theKeysOfARunningServerChange() {
    String secret;
    String token;
    List<String> shares;
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      token = coffer.token();
      secret = create(coffer, token, "a").member("secretId");
      assertThat(operator("POST /v1/rotate").body()).isEqualTo("{\"term\":2}");

      Answer unconfirmed = operator("POST /v1/rekey?to=shares:2/3");
      assertThat(unconfirmed.body().lines()).hasSize(3);
      assertThat(operator("POST /v1/rotate").member("message"))
          .startsWith("another operator command is under way");
      assertThat(operator("POST /v1/confirm?id=0123").member("message"))
          .isEqualTo("nothing waits for this confirmation");
      assertThat(operator("GET /v1/status").body()).contains("\"seal\":\"file\"");

      // To seal is what may be urgent: it waits for nobody's confirmation.
      assertThat(operator("POST /v1/seal").body()).contains("\"state\":\"sealed\"");
      String confirmation = unconfirmed.header("coffer-confirmation");
      assertThat(operator("POST /v1/confirm?id=" + confirmation).member("message"))
          .isEqualTo("nothing waits for this confirmation");
      assertThat(operator("POST /v1/unseal").body())
          .contains("\"state\":\"open\"", "\"seal\":\"file\"");
      assertThat(operator("POST /v1/rekey?to=shares:2/3").status()).isEqualTo(200);
    }
    // What nobody confirmed has changed nothing.
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Answer handed = operator("POST /v1/rekey?to=shares:2/3");
      shares = handed.body().lines().toList();
      assertThat(shares).hasSize(3).allMatch(share -> share.startsWith("coffer-share-1:"));
      assertThat(operator("POST /v1/confirm?id=" + handed.header("coffer-confirmation")).body())
          .contains("\"state\":\"open\"", "\"seal\":\"shares\"");
      assertThat(coffer.rest().get(SECRETS + "/" + secret + "/payload", token).status())
          .isEqualTo(200);

      // The seal it is under now is the one it asks for.
      assertThat(operator("POST /v1/seal").body()).contains("\"needed\":2");
      assertThat(operator("POST /v1/unseal").body()).contains("\"state\":\"sealed\"");
      assertThat(operator("POST /v1/unseal", shares.get(0), shares.get(2)).body())
          .contains("\"state\":\"open\"");
      assertThat(operator("POST /v1/rekey?to=passphrase", PASSPHRASE).body())
          .contains("\"seal\":\"passphrase\"");
      assertThat(operator("POST /v1/rekey?to=passphrase", "short").member("message"))
          .startsWith("a passphrase must have 12 characters");
      assertThat(operator("POST /v1/rekey?to=nothing").status()).isEqualTo(409);
    }
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.SEAL, "passphrase"), Answers.of(PASSPHRASE))) {
      assertThat(coffer.rest().get(SECRETS + "/" + secret + "/payload", token).body())
          .contains("value of a");
    }
  }

  /** A share whose checksum is right and whose part is not. */
  private static final class Forgery {
    private Forgery() {}

    static String ofPart(String share) {
      String front = share.substring(0, share.lastIndexOf(':'));
      char last = front.charAt(front.length() - 1);
      String forged = front.substring(0, front.length() - 1) + (last == '0' ? '1' : '0');
      return forged
          + ":"
          + Digest.sha256(Bytes.copyOf(forged.getBytes(UTF_8))).hex().substring(0, 8);
    }
  }
}
