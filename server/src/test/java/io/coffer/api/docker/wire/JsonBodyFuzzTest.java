package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Bodies that were damaged at random are read or refused, and nothing else happens. */
class JsonBodyFuzzTest {
  private static final int ROUNDS = 100_000;

  private static final List<String> BODIES =
      List.of(
          "{\"Name\":\"q\",\"Labels\":{\"a\":\"b\",\"c\":null},\"Data\":\"aGVsbG8gd29ybGQ=\"}",
          "{\"name\":\"x\\u00e9\\ud83d\\ude00\",\"label\u017f\":{\"\\n\":\"é😀\"},\"DATA\":[1,255]}",
          "{\"Driver\":{\"Name\":\"d\",\"Options\":{\"a\":\"b\"}},\"Templating\":{},\"Driver\":null}",
          "{\"Data\":\"e\\u0041=\\u003d\",\"Foo\":[-1.5e+10,true,{\"x\":[null]}],\"Data\":[null,7]}",
          "{\"Data\":\"-_-_\",\"Data\":\"AAAA\\r\\nAA==\"} ]");

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "\\ud83d",
          "null",
          "true",
          "-",
          "1e",
          "0",
          "\"Data\":",
          "\"Data\":[",
          "\"Labels\":{",
          "\"Driver\":{",
          "é",
          "\u212a",
          "=",
          "\n",
          " ");

  @Test
  void whateverArrivesIsReadOrRefused() {
    int accepted = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      byte[] body = BODIES.get(random.nextInt(BODIES.size())).getBytes(UTF_8);
      for (int i = random.nextInt(5); i > 0; i--) {
        body = damage(body, random);
      }
      accepted += accepts(body, seed) ? 1 : 0;
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever else is thrown is the failure.
  private static boolean accepts(byte[] body, long seed) {
    try (SecretSpec spec = Read.spec(body)) {
      return spec.data().length() <= body.length;
    } catch (DockerError e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.text()).hasSizeLessThan(300);
      return false;
    } catch (RuntimeException e) {
      return fail("seed %d, body %s".formatted(seed, HexFormat.of().formatHex(body)), e);
    }
  }

  private static byte[] damage(byte[] body, RandomGenerator random) {
    int at = random.nextInt(body.length + 1);
    int to = Math.min(body.length, at + random.nextInt(4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(body, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
      case 2 -> out.write(body, to, random.nextInt(body.length - to + 1));
      default -> {}
    }
    if (random.nextInt(30) != 0) {
      out.write(body, to, body.length - to);
    }
    return out.toByteArray();
  }
}
