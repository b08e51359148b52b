package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import io.coffer.Problem;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnreadyTest {
  private static final String NOT_READY =
      "This node is not a swarm manager. Manager is being prepared or has trouble connecting to"
          + " the cluster.";

  @Test
  void eachReasonIsTheEnginesAsFarAsItHelpsHere() {
    assertThat(Unready.SEALED.error().text())
        .isEqualTo(
            "Swarm is encrypted and needs to be unlocked before it can be used. Coffer is sealed; an"
                + " operator opens it with \"coffer operator unseal\".");
    for (Unready reason : Unready.values()) {
      assertThat(reason.error().status()).isEqualTo(503);
      assertThat(reason.error().text().equals(NOT_READY)).isEqualTo(reason != Unready.SEALED);
    }
  }

  static Stream<Throwable> lost() {
    return Stream.of(
        new EngineException.Unavailable("closed"),
        new EngineException.CommitUnknown(new IllegalStateException()),
        new EngineException.Corrupt("torn"),
        new CompletionException(new EngineException.Unavailable("full")),
        new Problem.Unavailable("busy", Duration.ZERO).asException());
  }

  @ParameterizedTest
  @MethodSource("lost")
  void aLostStorageIsAManagerInTrouble(Throwable trouble) {
    DockerError error = DockerProblems.error(trouble);
    assertThat(error.status()).isEqualTo(503);
    assertThat(error.text()).isEqualTo(NOT_READY);
  }

  @Test
  void whoComesWhileTheServerStopsIsToldTheSame() {
    Server server = Server.builder().service("/", (ctx, req) -> HttpResponse.of(200)).build();
    AggregatedHttpResponse answer =
        new DockerErrors()
            .renderStatus(
                null,
                server.serviceConfigs().getFirst(),
                RequestHeaders.of(HttpMethod.GET, "/v1.44/secrets?Data=x"),
                HttpStatus.SERVICE_UNAVAILABLE,
                null,
                null);
    assertThat(answer.status().code()).isEqualTo(503);
    assertThat(answer.headers().get("Api-Version")).isEqualTo("1.51");
    assertThat(answer.headers().get("Server")).startsWith("Docker/");
    assertThat(answer.contentUtf8()).isEqualTo("{\"message\":\"" + NOT_READY + "\"}\n");
  }
}
