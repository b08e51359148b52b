package io.coffer.bench;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.grpc.stub.AbstractStub;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a running server answers in a second, and how soon: each connection sends its next call when
 * it has the answer to the last. Prints a line for each transport and verb.
 *
 * <pre>
 *   eval "$(./coffer env)"                      # of a server with --secrets-per-cloud 1000000
 *   export COFFER_TOKEN="$(./coffer token)"
 *   ./build -pl wire,server,bench -DskipTests verify -Dload.phase=verify
 * </pre>
 *
 * <p>The client takes about as much of the machine as the server: on one machine, read the figures
 * as what is left of it.
 */
public final class LockboxLoad {
  private static final int CONNECTIONS = 32;
  private static final int SECRETS = 500;
  private static final long WARM_UP_SECONDS = 5;
  private static final long SECONDS = 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String VALUE = "v".repeat(64);

  private final String url = environment("COFFER_PLAINTEXT_URL");
  private final String authorization = "Bearer " + environment("COFFER_TOKEN");
  private final String folder = environment("COFFER_FOLDER_ID");
  private final List<String> secrets = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** One call over one connection; completes exceptionally if it was not answered well. */
  private interface Caller {
    CompletableFuture<?> call();
  }

  private record Connection(WebClient rest, ClientFactory factory) {}

  private record Verb(String name, List<Caller> callers) {}

  private LockboxLoad() {}

  public static void main(String[] arguments) throws Exception {
    new LockboxLoad().run();
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: eval \"$(./coffer env)\"");
    }
    return value;
  }

  private void run() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    List<ClientFactory> factories = new ArrayList<>();
    try {
      List<Connection> connections = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        ClientFactory factory =
            ClientFactory.builder()
                .workerGroup(loops, false)
                .maxNumEventLoopsPerEndpoint(1)
                .build();
        factories.add(factory);
        WebClient rest =
            WebClient.builder(url.replace("http://", "h1c://"))
                .factory(factory)
                .setHeader(HttpHeaderNames.AUTHORIZATION, authorization)
                .build();
        connections.add(new Connection(rest, factory));
      }
      fill(connections.getFirst());
      List<Verb> verbs = verbs(connections);
      // All before any: the first to be measured would pay for what they share in both processes.
      verbs.forEach(verb -> measure(verb, WARM_UP_SECONDS));
      verbs.forEach(verb -> System.out.println(measure(verb, SECONDS)));
    } finally {
      factories.forEach(ClientFactory::close);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  private void fill(Connection connection) {
    SecretServiceGrpc.SecretServiceBlockingStub stub =
        grpc(connection, SecretServiceGrpc.SecretServiceBlockingStub.class);
    for (int i = 0; i < SECRETS; i++) {
      // The operation's metadata tells the id; the list after this needs no unpacking.
      var _ = stub.create(create());
    }
    stub.list(
            io.coffer.wire.lockbox.v1.ListSecretsRequest.newBuilder()
                .setFolderId(folder)
                .setPageSize(SECRETS)
                .build())
        .getSecretsList()
        .forEach(secret -> secrets.add(secret.getId()));
  }

  private List<Verb> verbs(List<Connection> connections) {
    List<Verb> verbs = new ArrayList<>();
    verbs.add(
        new Verb("REST Get", rest(connections, () -> get("/lockbox/v1/secrets/" + next()), "")));
    verbs.add(
        new Verb(
            "REST Payload.Get",
            rest(connections, () -> get("/lockbox/v1/secrets/" + next() + "/payload"), "")));
    verbs.add(
        new Verb(
            "REST Create",
            rest(
                connections,
                () -> RequestHeaders.of(HttpMethod.POST, "/lockbox/v1/secrets"),
                "{\"folderId\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"%s\"}]}"
                    .formatted(folder, VALUE))));
    List<Caller> gets = new ArrayList<>();
    List<Caller> payloads = new ArrayList<>();
    List<Caller> creates = new ArrayList<>();
    for (Connection connection : connections) {
      var secretStub = grpc(connection, SecretServiceGrpc.SecretServiceFutureStub.class);
      var payloadStub = grpc(connection, PayloadServiceGrpc.PayloadServiceFutureStub.class);
      gets.add(() ->
          completable(secretStub.get(GetSecretRequest.newBuilder().setSecretId(next()).build())));
      payloads.add(() ->
          completable(payloadStub.get(GetPayloadRequest.newBuilder().setSecretId(next()).build())));
      creates.add(() -> completable(secretStub.create(create())));
    }
    verbs.add(new Verb("gRPC Get", gets));
    verbs.add(new Verb("gRPC Payload.Get", payloads));
    verbs.add(new Verb("gRPC Create", creates));
    return verbs;
  }

  private String next() {
    return secrets.get(Math.floorMod(turn.getAndIncrement(), secrets.size()));
  }

  private CreateSecretRequest create() {
    return CreateSecretRequest.newBuilder()
        .setFolderId(folder)
        .addVersionPayloadEntries(
            PayloadEntryChange.newBuilder().setKey("k").setTextValue(VALUE).build())
        .build();
  }

  private static RequestHeaders get(String path) {
    return RequestHeaders.of(HttpMethod.GET, path);
  }

  private static List<Caller> rest(
      List<Connection> connections, java.util.function.Supplier<RequestHeaders> head, String body) {
    return connections.stream()
        .<Caller>map(connection ->
            () ->
                connection
                    .rest()
                    .execute(head.get(), body)
                    .aggregate()
                    .thenAccept(answer -> {
                      if (!answer.status().equals(HttpStatus.OK)) {
                        throw new IllegalStateException("answered " + answer.status());
                      }
                    }))
        .toList();
  }

  private <S extends AbstractStub<S>> S grpc(Connection connection, Class<S> type) {
    return GrpcClients.builder("gproto+" + url.replace("http://", "h2c://"))
        .factory(connection.factory())
        .setHeader(HttpHeaderNames.AUTHORIZATION, authorization)
        .build(type);
  }

  private static CompletableFuture<?> completable(
      com.google.common.util.concurrent.ListenableFuture<?> future) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    future.addListener(
        () -> {
          try {
            done.complete(future.get());
          } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
            done.completeExceptionally(e);
          }
        },
        Runnable::run);
    return done;
  }

  /** What {@code verb} gave in {@code seconds}, as one line. */
  private static String measure(Verb verb, long seconds) {
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    List<List<Long>> all = new ArrayList<>();
    AtomicInteger errors = new AtomicInteger();
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (Caller caller : verb.callers()) {
      List<Long> nanos = new ArrayList<>();
      all.add(nanos);
      CompletableFuture<Boolean> finished = new CompletableFuture<>();
      ends.add(finished);
      again(caller, end, nanos, errors, finished);
    }
    CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).join();
    double took = (System.nanoTime() - begin) / 1e9;
    long[] sorted =
        all.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%-18s %8.0f/s  p50 %6.2f ms  p99 %6.2f ms  %d calls, %d errors",
        verb.name(),
        sorted.length / took,
        percentile(sorted, 0.50),
        percentile(sorted, 0.99),
        sorted.length,
        errors.get());
  }

  private static double percentile(long[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))]
            / NANOS_PER_MILLI;
  }

  private static void again(
      Caller caller,
      long end,
      List<Long> nanos,
      AtomicInteger errors,
      CompletableFuture<Boolean> finished) {
    long sent = System.nanoTime();
    if (sent >= end) {
      finished.complete(true);
      return;
    }
    var _ =
        caller
            .call()
            .whenCompleteAsync(
                (_, trouble) -> {
                  if (trouble == null) {
                    nanos.add(System.nanoTime() - sent);
                  } else {
                    errors.incrementAndGet();
                  }
                  again(caller, end, nanos, errors, finished);
                },
                Runnable::run);
  }
}
