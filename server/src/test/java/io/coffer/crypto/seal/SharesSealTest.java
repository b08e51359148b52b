package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TamperedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesSealTest extends SealContract {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SealSpec SPEC = new SealSpec.Shares(3, 5);

  private StoreHeader header;
  private List<String> shares;

  @BeforeEach
  void makeAStore() {
    Answers hands = Answers.of();
    Seal seal = Seals.make(SPEC, new SeededEntropy(1), hands);
    header = Opening.create(seal, new SeededEntropy(2), NOW);
    shares = hands.taken();
  }

  /** Made, and joined again from what was handed out. */
  @Override
  Seal seal(long seed) {
    Answers hands = Answers.of();
    Seal made = Seals.make(SPEC, new SeededEntropy(seed), hands);
    StoreHeader needing = Opening.create(made, new SeededEntropy(2), NOW);
    return open(needing, hands.taken().subList(2, 5));
  }

  private static Seal open(StoreHeader header, List<String> given) {
    return Seals.open(SPEC, header, new SeededEntropy(3), Answers.of(given));
  }

  @Test
  void anyThreeOfFiveOpenTheStore() {
    int opened = 0;
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        for (int c = 0; c < 5; c++) {
          if (a != b && b != c && a != c) {
            Seal seal = open(header, List.of(shares.get(a), shares.get(b), shares.get(c)));
            assertThat(Opening.open(header, seal).activeTerm()).isEqualTo(1);
            opened++;
          }
        }
      }
    }
    assertThat(opened).isEqualTo(60);
    assertThat(header.sealParametersInWords()).hasValue("3 of 5 shares");
  }

  @Test
  void twoAreNotEnough() {
    assertThatThrownBy(() -> open(header, shares.subList(0, 2)))
        .isInstanceOf(NoSuchElementException.class); // It asked for a third.
  }

  /** Two points of a polynomial of the second degree give some key, and never the key. */
  @Test
  void whoSaysThatTwoAreNeededGetsAnotherKey() {
    StoreHeader easier =
        new StoreHeader(
            header.storeId(),
            header.sealKind(),
            header.sealFingerprint(),
            Bytes.copyOf((byte) 1, (byte) 2, (byte) 5),
            header.wrappedRootKey(),
            header.sealedKeyring());

    assertThatThrownBy(() -> open(easier, shares.subList(0, 2)))
        .isInstanceOf(SealException.class)
        .hasMessage(
            "these shares do not give the seal key %s: one of them is not what it says",
            header.sealFingerprint());
  }

  @Test
  void aShareThatIsGivenTwiceIsNamed() {
    assertThatThrownBy(() -> open(header, List.of(shares.get(3), shares.get(3), shares.get(1))))
        .isInstanceOf(SealException.class)
        .hasMessage("share 4 was given twice");
  }

  @Test
  void aShareOfAnotherStoreIsNamed() {
    Answers others = Answers.of();
    Seal other = Seals.make(SPEC, new SeededEntropy(7), others);

    assertThatThrownBy(() -> open(header, List.of(shares.get(0), others.taken().get(1))))
        .isInstanceOf(SealException.class)
        .hasMessage(
            "this is a share of the seal %s; this store needs shares of the seal %s",
            other.fingerprint(), header.sealFingerprint());
  }

  @Test
  void aShareIsALineThatPeopleCanType() {
    assertThat(shares)
        .hasSize(5)
        .allMatch(
            share -> share.matches("coffer-share-1:[0-9a-f]{16}:[1-5]:[0-9a-f]{64}:[0-9a-f]{8}"));
    String typed = "  " + shares.get(0).toUpperCase(Locale.ROOT).replace(":", " : ") + "\t";
    assertThat(open(header, List.of(typed, shares.get(1), shares.get(2))).fingerprint())
        .isEqualTo(header.sealFingerprint());
  }

  /** Every character in turn is another one. */
  @Test
  void aTypingErrorIsNoticed() {
    String share = shares.getFirst();
    for (int at = 0; at < share.length(); at++) {
      StringBuilder typed = new StringBuilder(share);
      typed.setCharAt(at, share.charAt(at) == '7' ? '8' : '7');
      assertThatThrownBy(() -> open(header, List.of(typed.toString())))
          .as("at %d", at)
          .isInstanceOf(SealException.class)
          .hasMessageMatching("this (share has a typing error|is no share).*");
    }
  }

  @Test
  void everyPartOfAShareIsToldFromAWhole() {
    String share = shares.getFirst();
    for (int end = 0; end < share.length(); end++) {
      String part = share.substring(0, end);
      assertThatThrownBy(() -> open(header, List.of(part)))
          .as("%d characters", end)
          .isInstanceOf(SealException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "coffer-seal-1:AAEC", "coffer-share-2:", "coffer-share-1:"})
  void somethingElseIsRefusedInWordsThatDoNotShowIt(String text) {
    assertThatThrownBy(() -> open(header, List.of(text)))
        .isInstanceOf(SealException.class)
        .hasMessageNotContaining("AAEC")
        .hasNoCause();
  }

  @Test
  void aShareSaysNothingOfItselfButWhichItIs() {
    try (SecretBytes text = SecretBytes.takeOver(shares.getFirst().getBytes(UTF_8));
        Share share = Share.parse(text)) {
      assertThat(share).hasToString("Share[" + header.sealFingerprint() + ", 1]");
    }
  }

  @Test
  void asManySharesAsThereMayBeGiveTheKey() {
    Answers hands = Answers.of();
    SealSpec most = new SealSpec.Shares(100, 100);
    Seal seal = Seals.make(most, new SeededEntropy(4), hands);
    StoreHeader needing = Opening.create(seal, new SeededEntropy(2), NOW);

    List<String> reversed = new ArrayList<>(hands.taken()).reversed();
    assertThat(open(needing, reversed).fingerprint()).isEqualTo(seal.fingerprint());
  }

  @Test
  void damagedParametersAreNotTried() {
    for (String hex : List.of("", "0103", "020305", "010105", "010504", "010365", "01030500")) {
      assertThatThrownBy(() -> SharesSeal.threshold(Bytes.ofHex(hex)))
          .as(hex)
          .isInstanceOf(TamperedException.class);
    }
  }
}
