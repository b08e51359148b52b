package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TamperedException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseSealTest extends SealContract {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SealSpec SPEC = new SealSpec.Passphrase();

  /** Cheap ones: the contract opens it often. */
  @Override
  Seal seal(long seed) {
    Argon2 cheap = new Argon2(64, 1, 2, Bytes.takeOver(new SeededEntropy(seed).bytes(16)));
    try (SecretBytes passphrase = secret("correct horse battery staple")) {
      return PassphraseSeal.open(passphrase, cheap.encode());
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  private static SecretBytes secret(String text) {
    return SecretBytes.takeOver(text.getBytes(UTF_8));
  }

  private static Seal make(String passphrase) {
    return Seals.make(SPEC, new SeededEntropy(1), Answers.of(passphrase));
  }

  @Test
  void aStoreOpensWithItsPassphraseOnly() {
    StoreHeader header = Opening.create(make("twelve chars"), new SeededEntropy(2), NOW);

    assertThat(header.sealParametersInWords())
        .hasValue("a passphrase, by Argon2id over 64 MiB, 3 times, in 4 lanes");
    Seal again = Seals.open(SPEC, header, new SeededEntropy(3), Answers.of("twelve chars"));
    assertThat(Opening.open(header, again).activeTerm()).isEqualTo(1);
    assertThatThrownBy(
            () -> Seals.open(SPEC, header, new SeededEntropy(3), Answers.of("twelve charz")))
        .isInstanceOf(SealException.class)
        .hasMessage(
            "this is not the passphrase of the store, whose seal key has the fingerprint %s",
            header.sealFingerprint());
  }

  @Test
  void theSamePassphraseGivesAnotherKeyForAnotherStore() {
    Seal other = Seals.make(SPEC, new SeededEntropy(9), Answers.of("twelve chars"));

    assertThat(other.fingerprint()).isNotEqualTo(make("twelve chars").fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eleven char", "одиннадцать"})
  void aShortPassphraseIsRefusedByItsCharacters(String passphrase) {
    assertThatThrownBy(() -> make(passphrase))
        .isInstanceOf(SealException.class)
        .hasMessage("a passphrase must have 12 characters or more");
  }

  @Test
  void aPassphraseHasAsManyBytesAsItMayAndNotOneMore() {
    assertThat(make("x".repeat(PassphraseSeal.LENGTH_MAX)).kind()).isEqualTo("passphrase");
    assertThatThrownBy(() -> make("x".repeat(PassphraseSeal.LENGTH_MAX + 1)))
        .isInstanceOf(SealException.class)
        .hasMessage("a passphrase must have 1024 bytes or less");
  }

  @ParameterizedTest
  @CsvSource({
    "524289, 3, 4",
    "-1, 3, 4",
    "31, 3, 4",
    "65536, 101, 4",
    "65536, 0, 4",
    "65536, 3, 0",
    "65536, 3, 65"
  })
  void parametersBeyondTheirLimitsAreNotTried(int memory, int iterations, int lanes) {
    Bytes parameters = new Argon2(memory, iterations, lanes, salt()).encode();

    assertThatThrownBy(() -> Argon2.decode(parameters)).isInstanceOf(TamperedException.class);
  }

  @Test
  void parametersAtTheirLimitsAreRead() {
    Argon2 highest = new Argon2(Argon2.MEMORY_MAX, Argon2.ITERATIONS_MAX, Argon2.LANES_MAX, salt());

    assertThat(Argon2.decode(highest.encode())).isEqualTo(highest);
    assertThatThrownBy(() -> Argon2.decode(highest.encode().plus(Bytes.copyOf((byte) 0))))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> Argon2.decode(Bytes.EMPTY)).isInstanceOf(TamperedException.class);
  }

  /** Made by the reference implementation, by way of argon2-cffi 25.1.0. */
  @Test
  void keysAreThoseOfTheReferenceImplementation() {
    try (SecretBytes passphrase = secret("correct horse battery staple");
        SecretBytes key =
            Argon2.decode(new Argon2(256, 3, 4, salt()).encode()).derive(passphrase)) {
      String hex = key.lend(bytes -> Bytes.copyOf(bytes).hex());
      assertThat(hex).isEqualTo("9792635aae9d41586e2b4385924b030bf1ec52f80feda58b7e47c4ca36cf88f0");
    }
  }

  private static Bytes salt() {
    return Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
  }
}
