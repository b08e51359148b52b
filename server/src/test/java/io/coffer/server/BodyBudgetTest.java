package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers that send large bodies and never end them. */
@Timeout(180)
final class BodyBudgetTest {
  private static final int ATTACKERS = 245;
  private static final int BODY = Listeners.API_REQUEST_MAX;

  /** 128 MiB. */
  private static final int HELD_MAX = (128 << 20) / BODY;

  private static final String START = "POST /lockbox/v1/secrets";

  @TempDir private Path home = Path.of("");

  @Test
  void theyHoldNoMoreThanTheirShareAndItComesBackWhenTheyGo()
      throws IOException, InterruptedException {
    Queue<SocketChannel> held = new ConcurrentLinkedQueue<>();
    Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    CountDownLatch refused = new CountDownLatch(ATTACKERS - HELD_MAX);
    List<Thread> attackers = new ArrayList<>();
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String token = coffer.token();
      for (int i = 0; i < ATTACKERS; i++) {
        attackers.add(Thread.ofVirtual().start(() -> attack(coffer, held, refused, unexpected)));
      }
      assertThat(refused.await(120, TimeUnit.SECONDS)).isTrue();
      assertThat(unexpected).isEmpty();

      // The others' small bodies are served, and large ones are turned away at every door.
      assertThat(
              coffer
                  .rest()
                  .get("/lockbox/v1/secrets?folderId=" + coffer.folderId(), token)
                  .status())
          .isEqualTo(200);
      assertThat(Raw.ask(coffer.plaintext(), START, "", new byte[BODY]).status()).isEqualTo(503);
      assertThat(Raw.ask(coffer.docker(), "POST /secrets/create", "", new byte[1 << 20]).status())
          .isEqualTo(503);

      for (SocketChannel channel : held) {
        channel.close();
      }
      int status;
      do { // Until the server has seen them go; the test's own time ends it otherwise.
        status = Raw.ask(coffer.plaintext(), START, "", new byte[BODY]).status();
      } while (status == 503);
      assertThat(status).isEqualTo(400);
      for (Thread attacker : attackers) {
        attacker.join();
      }
    }
  }

  /** All of a body but its last byte. */
  private static void attack(
      RunningCoffer coffer,
      Queue<SocketChannel> held,
      CountDownLatch refused,
      Queue<String> unexpected) {
    String head = START + " HTTP/1.1\r\nHost: coffer\r\nContent-Length: " + BODY + "\r\n\r\n";
    try {
      SocketChannel channel = SocketChannel.open(coffer.plaintext());
      held.add(channel);
      try {
        write(channel, StandardCharsets.US_ASCII.encode(head));
        write(channel, ByteBuffer.allocate(BODY - 1));
      } catch (IOException turnedAway) {
        // Its answer is there all the same.
        assert channel.isConnected();
      }
      ByteBuffer answer = ByteBuffer.allocate(12);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        // What comes is the status line.
      }
      String line = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
      if (line.equals("HTTP/1.1 503")) {
        refused.countDown();
      } else if (refused.getCount() > 0) {
        unexpected.add(line);
      }
    } catch (IOException closed) {
      refused.countDown(); // By the server, which is done with it; or by us, when all is over.
    }
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
