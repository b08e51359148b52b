package io.coffer.core.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import org.junit.jupiter.api.Test;

final class GroupCodecTest {
  @Seeds
  void aGroupComesBackAsItWas(long seed) {
    Group noun = new Nouns(seed).group();
    assertThat(GroupCodec.decode(GroupCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysGroupIsReadAndWrittenAsItWas() {
    Group noun = new Nouns(2030).group();
    assertThat(GroupCodec.encode(noun).hex()).isEqualTo(Golden.text("core/group.hex"));
    assertThat(GroupCodec.decode(Golden.bytes("core/group.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    assertThatThrownBy(() -> GroupCodec.decode(Bytes.ofHex("ffffff")))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
