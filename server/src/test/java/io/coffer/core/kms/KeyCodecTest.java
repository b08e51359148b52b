package io.coffer.core.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class KeyCodecTest {
  @Seeds
  void aKeyComesBackAsItWas(long seed) {
    SymmetricKey noun = new Nouns(seed).symmetricKey();
    assertThat(KeyCodec.key(KeyCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysKeyIsReadAndWrittenAsItWas() {
    SymmetricKey noun = new Nouns(2030).symmetricKey();
    assertThat(KeyCodec.encode(noun).hex()).isEqualTo(Golden.text("core/symmetric-key.hex"));
    assertThat(KeyCodec.key(Golden.bytes("core/symmetric-key.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aVersionComesBackAsItWas(long seed) {
    KeyVersion noun = new Nouns(seed).keyVersion();
    assertThat(KeyCodec.version(KeyCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysVersionIsReadAndWrittenAsItWas() {
    KeyVersion noun = new Nouns(2030).keyVersion();
    assertThat(KeyCodec.encode(noun).hex()).isEqualTo(Golden.text("core/key-version.hex"));
    assertThat(KeyCodec.version(Golden.bytes("core/key-version.hex"))).isEqualTo(noun);
  }

  @Test
  void yesterdaysResultIsReadAndWrittenAsItWas() {
    Nouns nouns = new Nouns(2030);
    KeyResult noun = new KeyResult(nouns.symmetricKey(), nouns.keyVersion());
    assertThat(noun.encode().hex()).isEqualTo(Golden.text("core/key-result.hex"));
    assertThat(KeyResult.decode(Golden.bytes("core/key-result.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> KeyCodec.key(garbage),
            () -> KeyCodec.version(garbage),
            () -> KeyCodec.result(garbage),
            // Rows, and of no algorithm.
            () -> KeyCodec.key(Bytes.EMPTY),
            () -> KeyCodec.version(Bytes.ofHex("2004")))) {
      assertThatThrownBy(reading).isInstanceOf(EngineException.Corrupt.class);
    }
  }
}
