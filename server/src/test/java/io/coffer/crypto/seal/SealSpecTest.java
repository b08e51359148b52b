package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealSpecTest {
  @Test
  void everyFormIsRead() {
    assertThat(SealSpec.parse("file:/a/b:c")).isEqualTo(new SealSpec.File(Path.of("/a/b:c")));
    assertThat(SealSpec.parse("passphrase")).isEqualTo(new SealSpec.Passphrase());
    assertThat(SealSpec.parse("shares:3/5")).isEqualTo(new SealSpec.Shares(3, 5));
    assertThat(SealSpec.parse("shares:2/2")).isEqualTo(new SealSpec.Shares(2, 2));
    assertThat(SealSpec.parse("shares:100/100")).isEqualTo(new SealSpec.Shares(100, 100));
    assertThat(SealSpec.parse("pkcs11:/lib/p.so?pin-file=/k/pin&token=My token&key=root=1"))
        .isEqualTo(
            new SealSpec.Token(Path.of("/lib/p.so"), "My token", "root=1", Path.of("/k/pin")));
  }

  @Test
  void filesAreToldWhereverTheProcessIs() {
    assertThat(SealSpec.parse("file:a/../b").absolute().files())
        .containsExactly(Path.of("b").toAbsolutePath());
    assertThat(SealSpec.parse("pkcs11:m?token=t&key=k&pin-file=p").absolute())
        .isEqualTo(
            new SealSpec.Token(
                Path.of("m").toAbsolutePath(), "t", "k", Path.of("p").toAbsolutePath()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "'' > must be file:PATH, passphrase, shares:K/N or pkcs11:",
        "/a/b > must be file:PATH, passphrase",
        "file > must be file:PATH",
        "file: > must be file:PATH",
        "FILE:/a > must be file:PATH",
        "passphrase:hunter2 > passphrase stands alone",
        "shares > must be file:PATH",
        "shares:3 > shares must be shares:K/N",
        "shares:3/x > shares must be shares:K/N",
        "shares:1/3 > K must be 2 or more",
        "shares:4/3 > K must be 2 or more and at most N",
        "shares:2/101 > N at most 100",
        "pkcs11 > must be file:PATH",
        "pkcs11:/m > pkcs11 must be pkcs11:MODULE?",
        "pkcs11:?token=t&key=k&pin-file=p > pkcs11 must be pkcs11:MODULE?",
        "pkcs11:/m?token=t&key=k > pkcs11 needs pin-file=",
        "pkcs11:/m?token=&key=k&pin-file=p > pkcs11 needs token=",
        "pkcs11:/m?token=t&key=k&pin-file=p&pin=1234 > pkcs11 takes token=, key= and pin-file=",
        "pkcs11:/m?token=t&token=t&key=k&pin-file=p > once each",
        "pkcs11:/m?token=123456789012345678901234567890123&key=k&pin-file=p > must be 1 to 32"
      })
  void anythingElseIsRefusedInWordsThatDoNotRepeatIt(String text, String words) {
    assertThatThrownBy(() -> SealSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("1234");
  }
}
