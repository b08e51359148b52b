package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SeededEntropy;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class PageTokensTest {
  private final PageTokens tokens =
      new PageTokens(Keyring.fresh(new SeededEntropy(1), Instant.EPOCH));

  @Test
  void aTokenGivesItsIdBackToItsListAlone() {
    String token = tokens.after("secrets\0folder", "e6q1");
    assertThat(tokens.lastId("secrets\0folder", token)).isEqualTo("e6q1");
    assertRefused("secrets\0other", token);
    assertRefused("secrets", token);
  }

  @Test
  void theEndOfAListsNameIsNotTakenForTheBeginningOfAnId() {
    Bytes token =
        Bytes.takeOver(Base64.getUrlDecoder().decode(tokens.after("folder\0filter", "e6q1")));
    Bytes made = token.slice(0, 16).plus(Bytes.utf8("filter\0e6q1"));
    assertRefused("folder", Base64.getUrlEncoder().withoutPadding().encodeToString(made.shared()));
  }

  private void assertRefused(String list, String token) {
    assertThatThrownBy(() -> tokens.lastId(list, token)).isInstanceOf(CofferException.class);
  }
}
