package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SecretBytesTest {
  @Test
  void theyAreWipedAndNotLentAgain() {
    byte[] array = {1, 2, 3};
    SecretBytes closed;
    try (SecretBytes secret = SecretBytes.takeOver(array)) {
      closed = secret;
      int second = secret.lend(bytes -> (int) bytes[1]);
      assertThat(second).isEqualTo(2);
      assertThat(secret).hasToString("SecretBytes[redacted]");
    }

    assertThat(array).containsOnly(0);
    assertThatThrownBy(() -> closed.lend(bytes -> bytes.length)).isInstanceOf(AssertionError.class);
  }
}
