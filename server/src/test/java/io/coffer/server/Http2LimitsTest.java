package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one connection over HTTP/2 may take. */
@Timeout(120)
final class Http2LimitsTest {
  private static final int MAX_CONCURRENT_STREAMS = 0x3;
  private static final int REFUSED_STREAM = 0x7;
  private static final int ENHANCE_YOUR_CALM = 0xb;

  @TempDir private static Path home;
  private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  private static RawHttp2 connect() {
    URI url = URI.create(coffer.plaintextUrl());
    return RawHttp2.open(new InetSocketAddress(url.getHost(), url.getPort()));
  }

  @Test
  void aConnectionHasSoManyStreamsAtATimeAndOneMoreIsRefused() {
    try (RawHttp2 connection = connect()) {
      ByteBuffer settings = connection.await(RawHttp2.SETTINGS).orElseThrow().payload();
      long told = -1;
      while (settings.hasRemaining()) {
        int name = settings.getShort();
        long value = Integer.toUnsignedLong(settings.getInt());
        told = name == MAX_CONCURRENT_STREAMS ? value : told;
      }
      assertThat(told).isEqualTo(Listeners.STREAMS_MAX);
      connection.acknowledgeSettings();
      int stream = 1;
      for (int i = 0; i <= Listeners.STREAMS_MAX; i++, stream += 2) {
        connection.begin(stream);
      }
      RawHttp2.Frame refused = connection.await(RawHttp2.RST_STREAM).orElseThrow();
      assertThat(refused.stream()).isEqualTo(stream - 2);
      assertThat(refused.payload().getInt()).isEqualTo(REFUSED_STREAM);
      connection.ping();
      assertThat(connection.await(RawHttp2.PING)).isNotEmpty();
    }
  }

  @Test
  void whoDoesNotKeepToHisStreamsHasNoMoreOfThem() {
    try (RawHttp2 connection = connect()) {
      int stream = 1;
      for (int i = 0; i < Listeners.STREAMS_MAX; i++, stream += 2) {
        connection.begin(stream);
      }
      connection.begin(stream);
      RawHttp2.Frame refused = connection.await(RawHttp2.HEADERS).orElseThrow();
      assertThat(refused.stream()).isEqualTo(stream);
    }
  }

  @Test
  void whoBeginsAndTakesBackTooManyStreamsLosesHisConnection() {
    try (RawHttp2 connection = connect()) {
      int stream = 1;
      for (int i = 0; i < Listeners.RESETS_MAX; i++, stream += 2) {
        connection.begin(stream);
        connection.reset(stream);
      }
      connection.ping();
      assertThat(connection.await(RawHttp2.PING)).as("as many as allowed").isNotEmpty();
      try {
        connection.begin(stream);
        connection.reset(stream);
      } catch (UncheckedIOException closed) {
        // It may be closed before all of it is sent; why, is read all the same.
      }
      ByteBuffer why = connection.await(RawHttp2.GO_AWAY).orElseThrow().payload();
      why.getInt();
      assertThat(why.getInt()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** Clients of gRPC do every 30 s, if they are told to keep an idle connection. */
  @Test
  void pingsWithoutCallsAreAnswered() {
    try (RawHttp2 connection = connect()) {
      for (int i = 0; i < 100; i++) {
        connection.ping();
        assertThat(connection.await(RawHttp2.PING)).isNotEmpty();
      }
    }
  }
}
