package io.coffer.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SecretCodecTest {
  @Seeds
  void aSecretComesBackAsItWas(long seed) {
    Secret noun = new Nouns(seed).secret();
    assertThat(SecretCodec.secret(SecretCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysSecretIsReadAndWrittenAsItWas() {
    Secret noun = new Nouns(2030).secret();
    assertThat(SecretCodec.encode(noun).hex()).isEqualTo(Golden.text("core/secret.hex"));
    assertThat(SecretCodec.secret(Golden.bytes("core/secret.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aVersionComesBackAsItWas(long seed) {
    Version noun = new Nouns(seed).version();
    assertThat(SecretCodec.version(SecretCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysVersionIsReadAndWrittenAsItWas() {
    Version noun = new Nouns(2030).version();
    assertThat(SecretCodec.encode(noun).hex()).isEqualTo(Golden.text("core/version.hex"));
    assertThat(SecretCodec.version(Golden.bytes("core/version.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aResultComesBackAsItWas(long seed) {
    SecretResult noun = result(seed);
    assertThat(SecretCodec.result(SecretCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysResultIsReadAndWrittenAsItWas() {
    SecretResult noun = result(2030);
    assertThat(SecretCodec.encode(noun).hex()).isEqualTo(Golden.text("core/secret-result.hex"));
    assertThat(SecretCodec.result(Golden.bytes("core/secret-result.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aPayloadComesBackAsItWas(long seed) {
    coffer.stored.PayloadRow noun = payload(seed);
    assertThat(PayloadCodec.decode(PayloadCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysPayloadIsReadAndWrittenAsItWas() {
    coffer.stored.PayloadRow noun = payload(2030);
    assertThat(PayloadCodec.encode(noun).hex()).isEqualTo(Golden.text("core/payload.hex"));
    assertThat(PayloadCodec.decode(Golden.bytes("core/payload.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> SecretCodec.secret(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> SecretCodec.version(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> SecretCodec.result(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> PayloadCodec.decode(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }

  private static SecretResult result(long seed) {
    Nouns nouns = new Nouns(seed);
    return new SecretResult(
        nouns.secret(), nouns.chance() ? Optional.of(nouns.version()) : Optional.empty());
  }

  private static coffer.stored.PayloadRow payload(long seed) {
    Nouns nouns = new Nouns(seed);
    List<SealedEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean binary = !nouns.chance();
      entries.add(new SealedEntry(nouns.text(), binary, nouns.bytes(), 0));
    }
    return PayloadCodec.decode(PayloadCodec.encode(entries));
  }

  @Test
  void everyStatusComesBack() {
    Version version = new Nouns(1).version();
    for (VersionStatus status :
        new VersionStatus[] {
          new VersionStatus.Active(),
          new VersionStatus.Destroyed(),
          new VersionStatus.Scheduled(java.time.Instant.parse("2031-01-01T00:00:00.000000001Z"))
        }) {
      Version with =
          new Version(
              version.id(),
              version.secretId(),
              version.createdAt(),
              "",
              status,
              version.entryKeys(),
              version.password());
      assertThat(SecretCodec.version(SecretCodec.encode(with))).isEqualTo(with);
    }
  }
}
