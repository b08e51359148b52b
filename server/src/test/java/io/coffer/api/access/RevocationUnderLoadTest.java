package io.coffer.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A role comes and goes while its holder calls without a pause at every door: no call that began
 * after the end was acknowledged is let in, and none that began after the grant was is refused.
 */
@Timeout(120)
final class RevocationUnderLoadTest {
  private static final int ROUNDS = 12;
  private static final int CALLS = 40;

  @TempDir private Path home = Path.of("");

  /** What holds from now on, and the calls that are to be made meanwhile. */
  private record Phase(boolean granted, CountDownLatch calls) {
    static final Phase CHANGING = new Phase(false, new CountDownLatch(0));

    static Phase of(boolean granted) {
      return new Phase(granted, new CountDownLatch(CALLS));
    }
  }

  @Test
  void whatIsAcknowledgedCountsForEveryCallThatBeginsLater() throws Exception {
    try (RunningCoffer coffer =
            RunningCoffer.start(home, Map.of(Setting.DOCKER_PLAINTEXT_LISTEN, "127.0.0.1:0"));
        ClientFactory factory =
            ClientFactory.builder()
                .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
                .build();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Rest rest = coffer.rest();
      String folder = "{\"folderId\":\"" + coffer.dockerFolderId() + "\",\"name\":\"n\"}";
      String accountId =
          rest.post("/iam/v1/serviceAccounts", coffer.token(), folder).member("serviceAccountId");
      String secretId = rest.post("/lockbox/v1/secrets", coffer.token(), folder).member("secretId");
      String token =
          rest.post(
                  "/iam/v1/tokens:createForServiceAccount",
                  coffer.token(),
                  "{\"serviceAccountId\":\"" + accountId + "\"}")
              .member("iamToken");
      List<BooleanSupplier> doors =
          List.of(
              () -> allowed(rest.get("/lockbox/v1/secrets/" + secretId, token)),
              () -> overGrpc(coffer, factory, token, secretId),
              () ->
                  allowed(
                      Raw.ask(
                          coffer.dockerPlaintext(),
                          "GET /secrets/" + secretId,
                          "Authorization: Bearer " + token + "\r\n",
                          "")));
      Queue<String> wrong = new ConcurrentLinkedQueue<>();
      for (BooleanSupplier door : doors) {
        assertThat(door.getAsBoolean()).as("before any grant").isFalse();
      }
      AtomicReference<Phase> phase = new AtomicReference<>(Phase.of(false));
      AtomicBoolean stopped = new AtomicBoolean();
      List<Future<?>> callers = new ArrayList<>();
      for (int door = 0; door < doors.size(); door++) {
        int number = door;
        for (int i = 0; i < 2; i++) {
          callers.add(
              threads.submit(() -> {
                while (!stopped.get()) {
                  Phase before = phase.get();
                  boolean let = doors.get(number).getAsBoolean();
                  if (!before.equals(Phase.CHANGING) && phase.get().equals(before)) {
                    if (let != before.granted()) {
                      wrong.add("door " + number + (let ? " let in" : " refused"));
                    }
                    before.calls().countDown();
                  }
                }
              }));
        }
      }
      for (int round = 0; round < ROUNDS; round++) {
        boolean grant = round % 2 == 0;
        // What is let in or not while it changes is nobody's promise.
        phase.set(Phase.CHANGING);
        change(coffer, rest, grant, accountId);
        Phase settled = Phase.of(grant);
        phase.set(settled);
        assertThat(settled.calls().await(60, TimeUnit.SECONDS)).isTrue();
      }
      stopped.set(true);
      for (Future<?> caller : callers) {
        caller.get();
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static boolean allowed(Answer answer) {
    return switch (answer.status()) {
      case 200 -> true;
      case 403 -> false;
      default -> throw new AssertionError(answer.toString());
    };
  }

  private static boolean overGrpc(
      RunningCoffer coffer, ClientFactory factory, String token, String secretId) {
    try {
      return !GrpcClients.builder("gproto+" + coffer.url())
          .factory(factory)
          .addHeader("authorization", "Bearer " + token)
          .build(SecretServiceGrpc.SecretServiceBlockingStub.class)
          .get(GetSecretRequest.newBuilder().setSecretId(secretId).build())
          .getId()
          .isEmpty();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      return false;
    }
  }

  private static void change(RunningCoffer coffer, Rest rest, boolean grant, String accountId) {
    Answer changed =
        rest.post(
            "/resource-manager/v1/folders/" + coffer.dockerFolderId() + ":updateAccessBindings",
            coffer.token(),
            """
            {"accessBindingDeltas":[{"action":"%s","accessBinding":{"roleId":"lockbox.viewer",
              "subject":{"type":"serviceAccount","id":"%s"}}}]}\
            """
                .formatted(grant ? "ADD" : "REMOVE", accountId));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
  }
}
