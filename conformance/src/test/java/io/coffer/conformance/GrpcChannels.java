package io.coffer.conformance;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Connections over TLS, kept alive as clients written in Go keep theirs. */
public final class GrpcChannels {
  private static final int KEEPALIVE_SECONDS = 30;
  private static final int KEEPALIVE_ANSWER_SECONDS = 10;

  private GrpcChannels() {}

  /** Connects to {@code HOST:PORT}, which must have a certificate of {@code authority}. */
  public static ManagedChannel open(String address, Path authority) throws IOException {
    return builder(address, authority).build();
  }

  public static ManagedChannel open(String address, Path authority, String userAgent)
      throws IOException {
    return builder(address, authority).userAgent(userAgent).build();
  }

  private static ManagedChannelBuilder<?> builder(String address, Path authority)
      throws IOException {
    return Grpc.newChannelBuilder(
            address, TlsChannelCredentials.newBuilder().trustManager(authority.toFile()).build())
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
