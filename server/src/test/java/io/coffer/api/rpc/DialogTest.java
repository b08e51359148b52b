package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.RunningCoffer;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reflection and the watching of health, by stubs of the published services. */
@Timeout(120)
final class DialogTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
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

  @Test
  void reflectionListsWhatIsServed() {
    List<String> names =
        reflect(ask().setListServices("").build())
            .getFirst()
            .getListServicesResponse()
            .getServiceList()
            .stream()
            .map(ServiceResponse::getName)
            .toList();
    assertThat(names)
        .isSorted()
        .contains(
            "grpc.health.v1.Health",
            "yandex.cloud.endpoint.ApiEndpointService",
            "yandex.cloud.iam.v1.IamTokenService",
            "yandex.cloud.lockbox.v1.PayloadService",
            "yandex.cloud.lockbox.v1.SecretService",
            "yandex.cloud.operation.OperationService");
  }

  @Test
  void aSymbolsFileComesWithAllItNeeds() throws InvalidProtocolBufferException {
    for (String symbol :
        List.of(
            "yandex.cloud.lockbox.v1.SecretService",
            "yandex.cloud.lockbox.v1.SecretService.Create",
            "yandex.cloud.lockbox.v1.CreateSecretRequest",
            "yandex.cloud.lockbox.v1.CreateSecretRequest.folder_id")) {
      List<FileDescriptorProto> files =
          files(reflect(ask().setFileContainingSymbol(symbol).build()).getFirst());
      assertThat(files.getFirst().getName())
          .isEqualTo("yandex/cloud/lockbox/v1/secret_service.proto");
      List<String> names = files.stream().map(FileDescriptorProto::getName).toList();
      assertThat(names).doesNotHaveDuplicates();
      files.forEach(file -> assertThat(names).containsAll(file.getDependencyList()));
    }
  }

  @Test
  void filesAndExtensionsAreFound() throws InvalidProtocolBufferException {
    assertThat(
            files(
                    reflect(ask().setFileByFilename("yandex/cloud/validation.proto").build())
                        .getFirst())
                .getFirst()
                .getName())
        .isEqualTo("yandex/cloud/validation.proto");
    String options = "google.protobuf.MethodOptions";
    List<Integer> numbers =
        reflect(ask().setAllExtensionNumbersOfType(options).build())
            .getFirst()
            .getAllExtensionNumbersResponse()
            .getExtensionNumberList();
    assertThat(numbers).contains(72295728); // google.api.http
    assertThat(
            files(
                    reflect(
                            ask()
                                .setFileContainingExtension(
                                    ExtensionRequest.newBuilder()
                                        .setContainingType(options)
                                        .setExtensionNumber(72295728))
                                .build())
                        .getFirst())
                .getFirst()
                .getName())
        .isEqualTo("google/api/annotations.proto");
  }

  @Test
  void everyRequestOfAStreamIsAnsweredInTurnAlsoThoseForWhatIsNotThere() {
    List<ServerReflectionResponse> answers =
        reflect(
            ask().setFileByFilename("nope.proto").build(),
            ask().setFileContainingSymbol("nope").build(),
            ask().setAllExtensionNumbersOfType("nope").build(),
            ask().setHost("h").setListServices("").build());
    assertThat(answers).hasSize(4);
    for (ServerReflectionResponse missing : answers.subList(0, 3)) {
      assertThat(missing.getErrorResponse().getErrorCode())
          .isEqualTo(Status.Code.NOT_FOUND.value());
    }
    assertThat(answers.getLast().getValidHost()).isEqualTo("h");
    assertThat(answers.getLast().getListServicesResponse().getServiceCount()).isPositive();
  }

  @Test
  void theOlderVersionIsAnsweredTheSame() throws Exception {
    var answered = new LinkedBlockingQueue<io.grpc.reflection.v1alpha.ServerReflectionResponse>();
    var requests =
        stub(coffer, io.grpc.reflection.v1alpha.ServerReflectionGrpc.ServerReflectionStub.class)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(io.grpc.reflection.v1alpha.ServerReflectionResponse answer) {
                    answered.add(answer);
                  }

                  @Override
                  public void onError(Throwable cause) {}

                  @Override
                  public void onCompleted() {}
                });
    var request =
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder().setListServices("").build();
    requests.onNext(request);
    var answer = answered.poll(30, TimeUnit.SECONDS);
    requests.onCompleted();
    if (answer == null) {
      throw new AssertionError("no answer");
    }
    assertThat(answer.getOriginalRequest()).isEqualTo(request);
    assertThat(answer.getListServicesResponse().toByteString())
        .isEqualTo(
            reflect(ask().setListServices("").build())
                .getFirst()
                .getListServicesResponse()
                .toByteString());
  }

  @Test
  void aServiceThatIsServedIsHealthyByItsName() {
    assertThat(
            stub(coffer, HealthGrpc.HealthBlockingStub.class)
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService("yandex.cloud.lockbox.v1.SecretService")
                        .build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void whoWatchesIsToldOfTheStopAndDoesNotDelayIt(@TempDir Path other) throws Exception {
    LinkedBlockingQueue<ServingStatus> seen = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    RunningCoffer watched = RunningCoffer.start(other);
    try (ClientFactory trusting =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(watched.caCertificate().toFile()))
            .build()) {
      HealthGrpc.HealthStub stub =
          GrpcClients.builder("gproto+" + watched.url())
              .factory(trusting)
              .responseTimeout(Duration.ZERO)
              .build(HealthGrpc.HealthStub.class);
      for (String service : List.of("", "nope")) {
        stub.watch(
            HealthCheckRequest.newBuilder().setService(service).build(),
            new StreamObserver<HealthCheckResponse>() {
              @Override
              public void onNext(HealthCheckResponse answer) {
                seen.add(answer.getStatus());
              }

              @Override
              public void onError(Throwable cause) {
                ended.completeExceptionally(cause);
              }

              @Override
              public void onCompleted() {
                ended.complete(true);
              }
            });
      }
      assertThat(List.of(next(seen), next(seen)))
          .containsExactlyInAnyOrder(ServingStatus.SERVING, ServingStatus.SERVICE_UNKNOWN);
      long begin = System.nanoTime();
      watched.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      assertThat(next(seen)).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(next(seen)).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static ServingStatus next(LinkedBlockingQueue<ServingStatus> seen)
      throws InterruptedException {
    ServingStatus next = seen.poll(30, TimeUnit.SECONDS);
    return next == null ? ServingStatus.UNRECOGNIZED : next;
  }

  private static List<FileDescriptorProto> files(ServerReflectionResponse answer)
      throws InvalidProtocolBufferException {
    List<FileDescriptorProto> files = new ArrayList<>();
    for (ByteString file : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      files.add(FileDescriptorProto.parseFrom(file));
    }
    return files;
  }

  private static ServerReflectionRequest.Builder ask() {
    return ServerReflectionRequest.newBuilder();
  }

  private static List<ServerReflectionResponse> reflect(ServerReflectionRequest... asked) {
    List<ServerReflectionResponse> answers = new ArrayList<>();
    CompletableFuture<List<ServerReflectionResponse>> all = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        stub(coffer, ServerReflectionGrpc.ServerReflectionStub.class)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    answers.add(answer);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    all.completeExceptionally(cause);
                  }

                  @Override
                  public void onCompleted() {
                    all.complete(answers);
                  }
                });
    for (ServerReflectionRequest request : asked) {
      requests.onNext(request);
    }
    requests.onCompleted();
    return all.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static <T> T stub(RunningCoffer at, Class<T> type) {
    return GrpcClients.builder("gproto+" + at.url()).factory(factory).build(type);
  }
}
