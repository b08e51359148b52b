package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** SIGTERM: what was begun is finished, what was opened is closed, and that is a success. */
class StopTest {
  private static final String BODY = "{\"Name\":\"in-flight\",\"Data\":\"YQ==\"}";
  private static final int SENT_BEFORE = 10;
  private static final long A_WHILE_MILLIS = 500;

  @Test
  void aStopThatWasAskedForIsASuccessAndLeavesNoSocket() {
    try (CofferProcess coffer = CofferProcess.start()) {
      assertThat(coffer.environment().dockerSocket()).exists();

      assertThat(coffer.terminate()).isZero();

      assertThat(coffer.environment().dockerSocket()).doesNotExist();
      assertThat(coffer.stderr()).contains("stopped").doesNotContain("\tat ");
    }
  }

  @Test
  void aCallInFlightIsFinished() throws IOException, InterruptedException {
    try (CofferProcess coffer = CofferProcess.start();
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(UnixDomainSocketAddress.of(coffer.environment().dockerSocket()));
      send(
          client,
          "POST /secrets/create HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
              + ("Content-Length: " + BODY.length() + "\r\n\r\n")
              + BODY.substring(0, SENT_BEFORE));
      Thread.sleep(A_WHILE_MILLIS);
      CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(coffer::terminate);
      Thread.sleep(A_WHILE_MILLIS);
      assertThat(coffer.isAlive()).isTrue();

      send(client, BODY.substring(SENT_BEFORE));

      ByteBuffer answer = ByteBuffer.allocate(1 << 12);
      client.read(answer);
      assertThat(new String(answer.array(), 0, answer.position(), US_ASCII))
          .startsWith("HTTP/1.1 201 ");
      assertThat(exit.join()).isZero();
      coffer.restart();
      assertThat(coffer.audit("verify").stdout()).startsWith("sound: ");
      assertThat(coffer.audit("export").stdout()).contains("in-flight");
    }
  }

  private static void send(SocketChannel client, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }
}
