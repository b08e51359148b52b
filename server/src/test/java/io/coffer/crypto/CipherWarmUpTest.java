package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class CipherWarmUpTest {
  @Test
  void opensAllThatItSeals() {
    assertThatCode(CipherWarmUp::run).doesNotThrowAnyException();
  }
}
