package io.coffer.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import org.junit.jupiter.api.Test;

final class OperationCodecTest {
  @Seeds
  void aOperationComesBackAsItWas(long seed) {
    Operation noun = new Nouns(seed).operation();
    assertThat(OperationCodec.decode(OperationCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysOperationIsReadAndWrittenAsItWas() {
    Operation noun = new Nouns(2030).operation();
    assertThat(OperationCodec.encode(noun).hex()).isEqualTo(Golden.text("core/operation.hex"));
    assertThat(OperationCodec.decode(Golden.bytes("core/operation.hex"))).isEqualTo(noun);
  }

  @Test
  void everyKindComesBack() {
    for (OperationKind kind : OperationKind.values()) {
      assertThat(OperationKind.of(kind.code())).contains(kind);
    }
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> OperationCodec.decode(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }

  @Test
  void aKindThatNobodyKnowsIsCorrupt() {
    assertThatThrownBy(() -> OperationCodec.decode(Bytes.ofHex("1063")))
        .hasMessage("an operation of an unknown kind");
  }
}
