package io.coffer.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.lockbox.LockboxClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an application that was written for a swarm manager does, and does with Coffer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SecretsClientContract {
  private static final int DATA_MAX = 511_999;
  private static final Map<String, List<String>> ALL = Map.of();

  @AutoClose private CofferProcess coffer;
  @AutoClose private SecretsClient client;
  @TempDir private static Path directory;

  /** Skips the tests, and says so, where there is no such library. */
  abstract void assumeFound() throws IOException;

  /** A client of the server at {@code socket}, a {@code unix:} URL. */
  abstract SecretsClient overUnix(URI socket, Path directory) throws IOException;

  /** A client of the server at {@code url} that trusts {@code authority} and presents a token. */
  abstract SecretsClient overTls(URI url, Path authority, String token, Path directory)
      throws IOException;

  @BeforeAll
  void start() throws IOException {
    assumeFound();
    coffer = CofferProcess.start("--docker-listen", "127.0.0.1:0");
    client = overUnix(URI.create(coffer.environment().dockerHost()), directory);
  }

  SecretsClient client() {
    return client;
  }

  @Test
  void createsWhatTheOtherDoorReads() {
    String id = client.create("both-doors", "Grüße, 世界\n", Map.of("env", "prod"));

    assertThat(id).matches("[0-9a-z]{25}");
    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      assertThat(lockbox.onlyValue(id)).isEqualTo("Grüße, 世界\n".getBytes(UTF_8));
    }
  }

  @Test
  void listsByNameByLabelAndById() {
    String one = client.create("list-one", "1", Map.of("list", "x", "tier", "1"));
    client.create("list-two", "2", Map.of("list", "x"));

    assertThat(client.names(ALL)).contains("list-one", "list-two");
    assertThat(client.names(Map.of("name", List.of("list-"))))
        .containsExactlyInAnyOrder("list-one", "list-two");
    assertThat(client.names(Map.of("name", List.of("list-o", "list-t"))))
        .containsExactlyInAnyOrder("list-one", "list-two");
    assertThat(client.names(Map.of("label", List.of("list=x", "tier=1"))))
        .containsExactly("list-one");
    assertThat(client.names(Map.of("id", List.of(one)))).containsExactly("list-one");
    assertThat(client.names(Map.of("name", List.of("nobody")))).isEmpty();
  }

  @Test
  void whatIsRemovedIsGone() {
    String id = client.create("removed", "x", Map.of());

    client.remove(id);

    assertThat(client.names(Map.of("name", List.of("removed")))).isEmpty();
    Refused again = refusal(() -> client.remove(id));
    assertThat(again.status()).isEqualTo(404);
    assertThat(again).hasMessageContaining("secret " + id + " not found");
    assertThat(client.create("removed", "y", Map.of())).isNotEqualTo(id);
  }

  @Test
  void aNameThatIsTakenIsRefusedInTheWordsOfAnEngine() {
    client.create("taken", "x", Map.of());

    Refused refused = refusal(() -> client.create("TAKEN", "x", Map.of()));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused)
        .hasMessageContaining("rpc error: code = AlreadyExists desc = secret TAKEN already exists");
  }

  @Test
  void aNameThatNobodyMayHaveIsRefused() {
    Refused refused = refusal(() -> client.create("no good name", "x", Map.of()));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused).hasMessageContaining("invalid name, only 64 [a-zA-Z0-9-_.] characters");
  }

  @Test
  void theLargestValueIsTakenAndOneByteMoreIsNot() {
    String id = client.create("largest", "x".repeat(DATA_MAX), Map.of());

    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      assertThat(lockbox.onlyValue(id)).hasSize(DATA_MAX).containsOnly('x');
    }
    Refused refused = refusal(() -> client.create("larger", "x".repeat(DATA_MAX + 1), Map.of()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused)
        .hasMessageContaining("secret data must be larger than 0 and less than 512000 bytes");
  }

  @Test
  void aTokenOpensTheDoorOverTls() throws IOException {
    ClientEnvironment environment = coffer.environment();
    try (SecretsClient tls = overTls(environment, environment.token())) {
      tls.create("over-tls", "x", Map.of());
      assertThat(tls.names(Map.of("name", List.of("over-tls")))).containsExactly("over-tls");
    }
    try (SecretsClient stranger = overTls(environment, "t1.of.nobody")) {
      assertThat(refusal(() -> stranger.names(ALL)).status()).isEqualTo(401);
    }
  }

  private SecretsClient overTls(ClientEnvironment environment, String token) throws IOException {
    return overTls(
        URI.create(environment.value("COFFER_DOCKER_TLS_HOST")),
        environment.caCertificate(),
        token,
        directory);
  }

  static Refused refusal(Runnable call) {
    Refused refused = catchThrowableOfType(Refused.class, call::run);
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }
}
