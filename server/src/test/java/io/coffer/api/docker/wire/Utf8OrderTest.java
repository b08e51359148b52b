package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
  private static final List<String> TEXTS =
      List.of(
          "", "a", "aa", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "😀a", "😁", "a😀",
          "a\uffee");

  @Test
  void isTheOrderOfTheBytes() {
    for (String a : TEXTS) {
      for (String b : TEXTS) {
        int bytes = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
        assertThat(Integer.signum(Utf8Order.INSTANCE.compare(a, b)))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(bytes));
      }
    }
  }
}
