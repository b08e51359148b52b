package io.coffer.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ChangeCodecTest {
  private static final SecretChange CHANGE =
      new SecretChange(
          Action.UPDATE_SECRET,
          "b1gfolder",
          "e6qsecret",
          "n\u00e4me \"1\"",
          "e6qversion",
          Instant.parse("2030-01-01T00:00:00.123456789Z"));

  @Test
  void yesterdaysChangeIsReadAndWrittenAsItWas() {
    assertThat(ChangeCodec.encode(CHANGE).hex()).isEqualTo(Golden.text("core/change.hex"));
    assertThat(ChangeCodec.change(Golden.bytes("core/change.hex"))).isEqualTo(CHANGE);
    assertThat(ChangeCodec.encodeFloor(77).hex()).isEqualTo(Golden.text("core/change-floor.hex"));
    assertThat(ChangeCodec.floor(Golden.bytes("core/change-floor.hex"))).isEqualTo(77);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> ChangeCodec.change(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> ChangeCodec.floor(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> ChangeCodec.change(Bytes.ofHex("")))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
