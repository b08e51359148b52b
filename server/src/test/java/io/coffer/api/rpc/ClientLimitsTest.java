package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One client's limits, as clients of each door see them. */
@Timeout(120)
final class ClientLimitsTest {
  private static final String WRONG = "Api-Key cak1.ajekeykeykeykeykeyke." + "A".repeat(43);

  @TempDir private Path home = Path.of("");

  private static Answer get(Rest rest, String path, String authorization) {
    return rest.send(rest.request(path, "").header("Authorization", authorization).GET());
  }

  private static String secrets(RunningCoffer coffer) {
    return "/lockbox/v1/secrets?folderId=" + coffer.folderId();
  }

  private static com.google.rpc.Status overGrpc(RunningCoffer coffer, String authorization) {
    try (ClientFactory factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build()) {
      SecretServiceGrpc.SecretServiceBlockingStub stub =
          GrpcClients.builder("gproto+" + coffer.url())
              .factory(factory)
              .addHeader("authorization", authorization)
              .build(SecretServiceGrpc.SecretServiceBlockingStub.class);
      return Objects.requireNonNull(
          StatusProto.fromThrowable(
              catchThrowableOfType(
                  StatusRuntimeException.class,
                  () ->
                      stub.list(
                          ListSecretsRequest.newBuilder()
                              .setFolderId(coffer.folderId())
                              .build()))));
    }
  }

  private static long retrySeconds(com.google.rpc.Status status) throws IOException {
    for (com.google.protobuf.Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        return detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
      }
    }
    return -1;
  }

  @Test
  void aKeyThatFailedTenTimesAtOneDoorIsRefusedUnseenAtAll() throws IOException {
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0"))) {
      Rest rest = coffer.rest();
      for (int i = 0; i < 10; i++) {
        assertThat(get(rest, secrets(coffer), WRONG).status()).isEqualTo(401);
      }

      Answer refused = get(rest, secrets(coffer), WRONG);
      assertThat(refused.status()).as(refused.body()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 6);
      assertThat(refused.body())
          .contains(
              "\"code\":8",
              "\"message\":\"too many failed logins from this address\"",
              "type.googleapis.com/google.rpc.RetryInfo");

      com.google.rpc.Status status = overGrpc(coffer, WRONG);
      assertThat(status.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED.getNumber());
      assertThat(retrySeconds(status)).isBetween(1L, 6L);

      Answer docker = get(coffer.dockerOverTls(), "/v1.51/secrets", WRONG);
      assertThat(docker.status()).isEqualTo(429);
      assertThat(Integer.parseInt(docker.header("retry-after"))).isBetween(1, 6);
      assertThat(docker.body())
          .isEqualTo(
              "{\"message\":\"rpc error: code = ResourceExhausted desc = too many failed logins"
                  + " from this address\"}\n");

      // Who has a good token is not kept out by others at his address.
      assertThat(rest.get(secrets(coffer), coffer.token()).status()).isEqualTo(200);
    }
  }

  @Test
  void loginsWithOneKeyAreCountedToo() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Rest rest = coffer.rest();
      String good = coffer.adminKey().jwt();
      int dot = good.lastIndexOf('.');
      String forged = good.substring(0, dot + 1) + "A".repeat(good.length() - dot - 1);
      for (int i = 0; i < 10; i++) {
        assertThat(rest.post("/iam/v1/tokens", "", "{\"jwt\":\"" + forged + "\"}").status())
            .isEqualTo(401);
      }
      Answer refused = rest.post("/iam/v1/tokens", "", "{\"jwt\":\"" + forged + "\"}");
      assertThat(refused.status()).as(refused.body()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isNotEmpty();
    }
  }

  @Test
  void oneCallerMayAskAsOftenAsIsSet() {
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0", Setting.RATE_LIMIT, "1"))) {
      String token = "Bearer " + coffer.token();
      List<Answer> answers = new ArrayList<>();
      Rest rest = coffer.rest();
      Rest docker = coffer.dockerOverTls();
      for (int i = 0; i < 20; i++) {
        answers.add(get(rest, secrets(coffer), token));
        answers.add(get(docker, "/secrets", token));
      }
      assertThat(answers).extracting(Answer::status).contains(200, 429).containsOnly(200, 429);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 429)
          .allMatch(answer -> answer.header("retry-after").equals("1"))
          .anyMatch(answer -> answer.body().contains("\"code\":8"))
          .anyMatch(answer -> answer.body().contains("rpc error: code = ResourceExhausted"));
      // The socket is the administrator's, whoever else is busy in his name.
      assertThat(io.coffer.server.Raw.ask(coffer.docker(), "GET /secrets", "", "").status())
          .isEqualTo(200);
    }
  }
}
