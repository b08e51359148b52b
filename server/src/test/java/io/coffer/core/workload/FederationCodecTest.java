package io.coffer.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FederationCodecTest {
  @Seeds
  void aFederationComesBackAsItWas(long seed) {
    Federation noun = new Nouns(seed).federation();
    assertThat(FederationCodec.decode(FederationCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysFederationIsReadAndWrittenAsItWas() {
    Federation noun = new Nouns(2030).federation();
    assertThat(FederationCodec.encode(noun).hex()).isEqualTo(Golden.text("core/federation.hex"));
    assertThat(FederationCodec.decode(Golden.bytes("core/federation.hex"))).isEqualTo(noun);
  }

  @Test
  void yesterdaysDisabledFederationIsReadAndWrittenAsItWas() {
    Federation noun =
        new Federation(
            "id",
            "f",
            "n",
            "d",
            Instant.EPOCH.plusNanos(1),
            false,
            List.of("a", "b"),
            "i",
            "u",
            new TreeMap<>(Map.of("k", "v")));
    assertThat(FederationCodec.encode(noun).hex())
        .isEqualTo(Golden.text("core/federation-full.hex"));
    assertThat(FederationCodec.decode(Golden.bytes("core/federation-full.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    assertThatThrownBy(() -> FederationCodec.decode(Bytes.ofHex("ffffff")))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
