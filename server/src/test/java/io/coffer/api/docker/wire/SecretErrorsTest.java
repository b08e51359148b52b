package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Those sentences that no other test has seen. */
class SecretErrorsTest {
  @ParameterizedTest
  @MethodSource
  void saysWhatTheEngineSays(DockerError error, int status, String text) {
    assertThat(error.status()).isEqualTo(status);
    assertThat(error.text()).isEqualTo(text);
    assertThat(error).hasMessage(text);
  }

  static Stream<Arguments> saysWhatTheEngineSays() {
    String invalid = "rpc error: code = InvalidArgument desc = ";
    String unknown = "rpc error: code = Unknown desc = ";
    return Stream.of(
        arguments(
            SecretErrors.nameTaken("Dup"),
            409,
            "rpc error: code = AlreadyExists desc = secret Dup already exists"),
        arguments(
            SecretErrors.driverUnknown("nope\""), 500, unknown + "plugin \"nope\\\"\" not found"),
        arguments(
            SecretErrors.driverUnfit(),
            500,
            unknown + "legacy plugin: Plugin does not implement the requested driver"),
        arguments(SecretErrors.notFound("<x>"), 404, "secret <x> not found"),
        arguments(SecretErrors.ambiguous("x", 3), 400, "secret x is ambiguous (3 matches found)"),
        arguments(
            SecretErrors.notOnlyLabels(), 400, invalid + "only updates to Labels are allowed"),
        arguments(SecretErrors.outOfSequence(), 500, unknown + "update out of sequence"),
        arguments(
            SecretErrors.gone("x1"),
            404,
            "rpc error: code = NotFound desc = could not find secret x1"),
        arguments(
            SecretErrors.inUse("s", List.of("A")),
            400,
            invalid + "secret 's' is in use by the following service: A"),
        arguments(
            SecretErrors.inUse("s", List.of("B", "A")),
            400,
            invalid + "secret 's' is in use by the following services: B, A"),
        arguments(SecretErrors.pageNotFound(), 404, "page not found"),
        arguments(
            SecretErrors.notAManager(),
            503,
            "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\""
                + " to connect this node to swarm and try again."),
        arguments(
            SecretErrors.locked(),
            503,
            "Swarm is encrypted and needs to be unlocked before it can be used. Please use"
                + " \"docker swarm unlock\" to unlock it."),
        arguments(
            SecretErrors.sealed(),
            503,
            "Swarm is encrypted and needs to be unlocked before it can be used. Coffer is sealed; an"
                + " operator opens it with \"coffer operator unseal\"."),
        arguments(
            SecretErrors.alreadyInASwarm(),
            503,
            "This node is already part of a swarm. Use \"docker swarm leave\" to leave this swarm"
                + " and join another one."),
        arguments(
            SecretErrors.worker(),
            503,
            "This node is not a swarm manager. Worker nodes can't be used to view or modify"
                + " cluster state. Please run this command on a manager node or promote the"
                + " current node to a manager."),
        arguments(
            SecretErrors.certificatesExpired(),
            503,
            "Swarm certificates have expired. To replace them, leave the swarm and join again."),
        arguments(
            SecretErrors.notReady(),
            503,
            "This node is not a swarm manager. Manager is being prepared or has trouble connecting"
                + " to the cluster."));
  }
}
