package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Entropy;
import io.coffer.crypto.SeededEntropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSealTest extends SealContract {
  private static final Entropy ENTROPY = new SeededEntropy(1);

  private SoftHsm hsm;

  @BeforeEach
  void needsSoftHsm() {
    hsm = SoftHsm.get();
  }

  @Override
  Seal seal(long seed) {
    return TokenSeal.openOrCreate(hsm.seal("seal-" + seed), ENTROPY);
  }

  @Test
  void aKeyThatIsThereIsTakenAndAMissingOneIsNotMadeForAStoreThatExists() {
    SealSpec.Token spec = hsm.seal("taken");
    assertThatThrownBy(() -> TokenSeal.open(spec, ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage("the token Coffer test has no AES key with the label taken");

    String made = TokenSeal.openOrCreate(spec, ENTROPY).fingerprint();

    assertThat(TokenSeal.open(spec, ENTROPY).fingerprint()).isEqualTo(made);
    assertThat(TokenSeal.openOrCreate(spec, ENTROPY).fingerprint()).isEqualTo(made);
  }

  @Test
  void aStoreOpensWithTheKeyOfItsTokenOnly() {
    Seal seal = seal(1);
    StoreHeader header = Opening.create(seal, new SeededEntropy(2), Instant.EPOCH);

    assertThat(Opening.open(header, seal(1)).activeTerm()).isEqualTo(1);
    assertThatThrownBy(() -> Opening.open(header, seal(2)))
        .isInstanceOf(SealException.class)
        .hasMessageContaining(seal.fingerprint());
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "false, false"})
  void aKeyThatCouldBeTakenOutIsRefused(boolean sensitive, boolean extractable) throws Exception {
    String label = "loose-%s-%s".formatted(sensitive, extractable);
    assertThat(seal(1).kind()).isEqualTo("pkcs11"); // The module is loaded and initialized.
    Provider provider =
        Security.getProvider("SunPKCS11")
            .configure(
                """
                --name = %s
                library = %s
                slot = %d
                attributes(import, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_SENSITIVE = %s
                  CKA_EXTRACTABLE = %s
                }
                """
                    .formatted(
                        label,
                        hsm.module(),
                        TokenSlots.find(hsm.module(), SoftHsm.TOKEN),
                        sensitive,
                        extractable));
    KeyStore keys = KeyStore.getInstance("PKCS11", provider);
    keys.load(null, "1234-5678".toCharArray());
    keys.setKeyEntry(label, new SecretKeySpec(new byte[32], "AES"), null, null);

    assertThatThrownBy(() -> TokenSeal.open(hsm.seal(label), ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage(
            "the key %s of the token Coffer test can be taken out of it: it must be sensitive and not extractable"
                .formatted(label));
  }

  @Test
  void aWrongPinIsToldWithoutShowingIt() throws IOException {
    SealSpec.Token right = hsm.seal("seal-1");
    Path wrong = hsm.pinFile("wrong", "8765-4321");

    assertThatThrownBy(() ->
            TokenSeal.open(
                new SealSpec.Token(right.module(), right.token(), right.key(), wrong), ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage("the token Coffer test does not let us in with the PIN in " + wrong)
        .hasMessageNotContaining("8765");
    assertThat(seal(1).kind()).isEqualTo("pkcs11");
  }

  @Test
  void aPinFileThatIsMissingOrOpenToOthersIsRefused() throws IOException {
    SealSpec.Token right = hsm.seal("seal-1");
    Path open = hsm.pinFile("open", "1234-5678");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> TokenSeal.open(with(right, open), ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessageContaining("the PIN file " + open + " is open to others");
    assertThatThrownBy(() -> TokenSeal.open(with(right, Path.of("/nowhere/pin")), ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage("there is no PIN file at /nowhere/pin");
  }

  private static SealSpec.Token with(SealSpec.Token right, Path pinFile) {
    return new SealSpec.Token(right.module(), right.token(), right.key(), pinFile);
  }

  @Test
  void aLostTokenOrModuleIsTold() {
    SealSpec.Token right = hsm.seal("seal-1");

    assertThatThrownBy(() ->
            TokenSeal.open(
                new SealSpec.Token(right.module(), "lost", right.key(), right.pinFile()), ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage("the PKCS#11 module %s has no token with the label lost", right.module());
    assertThatThrownBy(() ->
            TokenSeal.open(
                new SealSpec.Token(
                    Path.of("/nowhere.so"), right.token(), right.key(), right.pinFile()),
                ENTROPY))
        .isInstanceOf(SealException.class)
        .hasMessage("there is no PKCS#11 module for this machine at /nowhere.so");
  }
}
