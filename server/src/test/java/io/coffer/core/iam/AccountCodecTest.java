package io.coffer.core.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AccountCodecTest {
  @Seeds
  void aAccountComesBackAsItWas(long seed) {
    ServiceAccount noun = new Nouns(seed).account();
    assertThat(AccountCodec.account(AccountCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysAccountIsReadAndWrittenAsItWas() {
    ServiceAccount noun = new Nouns(2030).account();
    assertThat(AccountCodec.encode(noun).hex()).isEqualTo(Golden.text("core/account.hex"));
    assertThat(AccountCodec.account(Golden.bytes("core/account.hex"))).isEqualTo(noun);
  }

  @Seeds
  void allOfAnAccountComesBackAsItWas(long seed) {
    ServiceAccount noun = new Nouns(seed).fullAccount();
    assertThat(AccountCodec.account(AccountCodec.encode(noun))).isEqualTo(noun);
    AuthorizedKey key = new Nouns(seed).describedKey();
    assertThat(AccountCodec.key(AccountCodec.encode(key))).isEqualTo(key);
  }

  @Test
  void anAccountThatEndedIn1970DidEnd() {
    ServiceAccount ended =
        new ServiceAccount(
            "i",
            "f",
            "n",
            "",
            Instant.EPOCH,
            new TreeMap<>(),
            Optional.of(Instant.EPOCH),
            new ServiceAccount.Status.Active());
    assertThat(
            AccountCodec.account(AccountCodec.encode(ended)).standsAt(Instant.EPOCH.plusNanos(1)))
        .isFalse();
  }

  @Test
  void yesterdaysSuspendedAccountIsReadAndWrittenAsItWas() {
    ServiceAccount noun = new Nouns(2030).fullAccount();
    assertThat(AccountCodec.encode(noun).hex()).isEqualTo(Golden.text("core/account-full.hex"));
    assertThat(AccountCodec.account(Golden.bytes("core/account-full.hex"))).isEqualTo(noun);
  }

  @Seeds
  void anApiKeyComesBackAsItWas(long seed) {
    ApiKey noun = new Nouns(seed).apiKey();
    assertThat(AccountCodec.apiKey(AccountCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysApiKeyIsReadAndWrittenAsItWas() {
    ApiKey noun = new Nouns(2030).apiKey();
    assertThat(AccountCodec.encode(noun).hex()).isEqualTo(Golden.text("core/api-key.hex"));
    assertThat(AccountCodec.apiKey(Golden.bytes("core/api-key.hex"))).isEqualTo(noun);
  }

  @Test
  void yesterdaysDescribedKeyIsReadAndWrittenAsItWas() {
    AuthorizedKey noun = new Nouns(2030).describedKey();
    assertThat(AccountCodec.encode(noun).hex())
        .isEqualTo(Golden.text("core/authorized-key-described.hex"));
    assertThat(AccountCodec.key(Golden.bytes("core/authorized-key-described.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aKeyComesBackAsItWas(long seed) {
    AuthorizedKey noun = new Nouns(seed).key();
    assertThat(AccountCodec.key(AccountCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysKeyIsReadAndWrittenAsItWas() {
    AuthorizedKey noun = new Nouns(2030).key();
    assertThat(AccountCodec.encode(noun).hex()).isEqualTo(Golden.text("core/authorized-key.hex"));
    assertThat(AccountCodec.key(Golden.bytes("core/authorized-key.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aUserAccountAndItsKeyComeBackAsTheyWere(long seed) {
    UserAccount noun = new Nouns(seed).userAccount();
    assertThat(AccountCodec.user(AccountCodec.encode(noun))).isEqualTo(noun);
    AuthorizedKey key = new Nouns(seed).keyOfUser();
    assertThat(AccountCodec.key(AccountCodec.encode(key))).isEqualTo(key);
  }

  @Test
  void yesterdaysUserAccountIsReadAndWrittenAsItWas() {
    UserAccount noun = new Nouns(2030).userAccount();
    assertThat(AccountCodec.encode(noun).hex()).isEqualTo(Golden.text("core/user-account.hex"));
    assertThat(AccountCodec.user(Golden.bytes("core/user-account.hex"))).isEqualTo(noun);
  }

  @Test
  void yesterdaysKeyOfAUserIsReadAndWrittenAsItWas() {
    AuthorizedKey noun = new Nouns(2030).keyOfUser();
    assertThat(AccountCodec.encode(noun).hex())
        .isEqualTo(Golden.text("core/authorized-key-of-user.hex"));
    assertThat(AccountCodec.key(Golden.bytes("core/authorized-key-of-user.hex"))).isEqualTo(noun);
  }

  @Seeds
  void aFederatedCredentialComesBackAsItWas(long seed) {
    FederatedCredential noun = new Nouns(seed).federatedCredential();
    assertThat(AccountCodec.credential(AccountCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysFederatedCredentialIsReadAndWrittenAsItWas() {
    FederatedCredential noun = new Nouns(2030).federatedCredential();
    assertThat(AccountCodec.encode(noun).hex())
        .isEqualTo(Golden.text("core/federated-credential.hex"));
    assertThat(AccountCodec.credential(Golden.bytes("core/federated-credential.hex")))
        .isEqualTo(noun);
  }

  @Test
  void yesterdaysRevocationIsReadAndWrittenAsItWas() {
    Instant end = Instant.parse("2030-01-01T12:00:00Z");
    assertThat(AccountCodec.encodeRevoked(end).hex())
        .isEqualTo(Golden.text("core/revoked-token.hex"));
    assertThat(AccountCodec.revokedUntil(Golden.bytes("core/revoked-token.hex"))).isEqualTo(end);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> AccountCodec.account(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> AccountCodec.user(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> AccountCodec.key(garbage)).isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> AccountCodec.credential(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
    assertThatThrownBy(() -> AccountCodec.revokedUntil(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
