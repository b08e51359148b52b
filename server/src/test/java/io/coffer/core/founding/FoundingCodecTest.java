package io.coffer.core.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import org.junit.jupiter.api.Test;

final class FoundingCodecTest {
  @Seeds
  void aFoundingComesBackAsItWas(long seed) {
    FoundingCodec.FoundingIds noun = ids(seed);
    assertThat(FoundingCodec.decode(FoundingCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysFoundingIsReadAndWrittenAsItWas() {
    FoundingCodec.FoundingIds noun = ids(2030);
    assertThat(FoundingCodec.encode(noun).hex()).isEqualTo(Golden.text("core/founding.hex"));
    assertThat(FoundingCodec.decode(Golden.bytes("core/founding.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> FoundingCodec.decode(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }

  private static FoundingCodec.FoundingIds ids(long seed) {
    Nouns nouns = new Nouns(seed);
    return new FoundingCodec.FoundingIds(nouns.text(), nouns.text(), nouns.text());
  }
}
