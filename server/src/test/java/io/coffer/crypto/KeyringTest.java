package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyringTest extends AeadContract {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123456Z");
  private static final Place HERE = new Place(Purpose.STORED_VALUE, Bytes.utf8("s/one"));
  private static final Bytes VALUE = Bytes.utf8("correct horse");

  private final Keyring keyring = fresh(1);

  @Override
  Aead aead(long seed) {
    return fresh(seed);
  }

  private static Keyring fresh(long seed) {
    return Keyring.fresh(new SeededEntropy(seed), NOW);
  }

  @Test
  void whatItSealsBeginsWithFormatAndTerm() {
    Bytes sealed = keyring.sealBytes(VALUE, HERE);

    assertThat(sealed.slice(0, 5).hex()).isEqualTo("0100000001");
    assertThat(sealed.length()).isEqualTo(1 + 4 + 12 + 12 + VALUE.length() + 16);
    assertThat(sealed.length()).isEqualTo(VALUE.length() + Keyring.OVERHEAD);
  }

  @Test
  void afterARotationOldValuesOpenAndNewOnesUseTheNewTerm() {
    Bytes old = keyring.sealBytes(VALUE, HERE);

    Keyring rotated = keyring.rotated(new SeededEntropy(2), NOW.plusSeconds(60));

    assertThat(rotated.openBytes(old, HERE)).isEqualTo(VALUE);
    Bytes fresh = rotated.sealBytes(VALUE, HERE);
    assertThat(fresh.slice(0, 5).hex()).isEqualTo("0100000002");
    assertThat(rotated.openBytes(fresh, HERE)).isEqualTo(VALUE);
    assertThat(rotated.activeTerm()).isEqualTo(2);
    assertThat(rotated.activeSince()).isEqualTo("2030-01-01T00:01:00.123Z");
    assertThat(keyring.activeTerm()).isEqualTo(1);
  }

  @Test
  void aValueRelabelledToAnotherTermDoesNotOpen() {
    Keyring rotated = keyring.rotated(new SeededEntropy(2), NOW);
    Bytes sealed = rotated.sealBytes(VALUE, HERE);
    for (String term : List.of("00000001", "00000000", "00000003", "80000002", "ffffffff")) {
      Bytes relabelled = Bytes.ofHex("01" + term).plus(sealed.slice(5, sealed.length()));

      assertThatThrownBy(() -> rotated.openBytes(relabelled, HERE))
          .as(term)
          .isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aRotationKeepsIndexTokensAndSignatures() {
    Keyring rotated = keyring.rotated(new SeededEntropy(2), NOW);

    assertThat(rotated.index(VALUE)).isEqualTo(keyring.index(VALUE));
    assertThat(rotated.tokenTag(VALUE)).isEqualTo(keyring.tokenTag(VALUE));
    assertThat(rotated.verify(VALUE, keyring.sign(VALUE))).isTrue();
  }

  @Test
  void usesAreCountedWhereverTheTermSeals() {
    Keyring rotated = keyring.rotated(new SeededEntropy(2), NOW);
    assertThat(rotated.activeUses()).isZero();

    rotated.sealBytes(VALUE, HERE);
    try (SecretBytes secret = SecretBytes.takeOver(VALUE.toByteArray())) {
      rotated.seal(secret, HERE);
    }
    rotated.openBytes(rotated.sealBytes(VALUE, HERE), HERE);
    keyring.sealBytes(VALUE, HERE);

    assertThat(rotated.activeUses()).isEqualTo(3);
    assertThat(keyring.activeUses()).isEqualTo(1);
  }

  @Test
  void rotationIsDueNearTheBoundAndNotBefore() {
    long near = Term.USES_MAX / 8 * 7;
    Keyring keyring = used(near - 1);
    assertThat(keyring.rotationDue()).isFalse();

    keyring.sealBytes(VALUE, HERE);

    assertThat(keyring.rotationDue()).isTrue();
    assertThat(keyring.rotated(new SeededEntropy(2), NOW).rotationDue()).isFalse();
  }

  private static Keyring used(long uses) {
    SeededEntropy entropy = new SeededEntropy(1);
    RawKey key = RawKey.fresh(entropy, 32);
    return new Keyring(
        key,
        RawKey.fresh(entropy, 64),
        CheckpointKey.of(key),
        List.of(new Term(1, NOW, uses, key)));
  }

  @Test
  void thereAreAtMostAThousandTerms() {
    RawKey key = RawKey.fresh(new SeededEntropy(1), 32);
    List<Term> terms = new ArrayList<>();
    for (int id = 1; id <= Keyring.TERMS_MAX; id++) {
      terms.add(new Term(id, NOW, 0, key));
    }
    Keyring full =
        new Keyring(key, RawKey.fresh(new SeededEntropy(1), 64), CheckpointKey.of(key), terms);

    try (SecretBytes record = full.encode()) {
      assertThat(Keyring.decode(record).activeTerm()).isEqualTo(Keyring.TERMS_MAX);
    }
    assertThatThrownBy(() -> full.rotated(new SeededEntropy(2), NOW))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("terms of the keyring");
  }

  @Test
  void theRecordKeepsAllOfIt() {
    Keyring rotated = keyring.rotated(new SeededEntropy(2), NOW.plusSeconds(60));
    Bytes old = keyring.sealBytes(VALUE, HERE);
    Bytes fresh = rotated.sealBytes(VALUE, HERE);

    try (SecretBytes record = rotated.encode()) {
      Keyring read = Keyring.decode(record);

      assertThat(read.openBytes(old, HERE)).isEqualTo(VALUE);
      assertThat(read.openBytes(fresh, HERE)).isEqualTo(VALUE);
      assertThat(read.activeTerm()).isEqualTo(2);
      assertThat(read.activeSince()).isEqualTo(rotated.activeSince());
      assertThat(read.activeUses()).isEqualTo(1);
      assertThat(read.index(VALUE)).isEqualTo(keyring.index(VALUE));
      assertThat(read.tokenTag(VALUE)).isEqualTo(keyring.tokenTag(VALUE));
      assertThat(read.publicKey()).isEqualTo(keyring.publicKey());
      try (SecretBytes again = read.encode()) {
        assertThat(Same.inConstantTime(again, record)).isTrue();
      }
    }
  }

  @Test
  void aRecordCutShortOrDrawnOutIsRefused() {
    try (SecretBytes record = keyring.encode()) {
      Bytes whole = record.lend(Bytes::copyOf);

      assertThat(Flipped.everyOtherLengthOf(whole)).allSatisfy(KeyringTest::assertNoRecord);
      assertNoRecord(Bytes.ofHex("02").plus(whole.slice(1, whole.length())));
    }
  }

  private static void assertNoRecord(Bytes bytes) {
    try (SecretBytes record = SecretBytes.takeOver(bytes.toByteArray())) {
      assertThatThrownBy(() -> Keyring.decode(record)).isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void twoKeyringsHaveNoKeyInCommon() {
    Keyring other = fresh(2);

    assertThat(other.index(VALUE)).isNotEqualTo(keyring.index(VALUE));
    assertThat(other.tokenTag(VALUE)).isNotEqualTo(keyring.tokenTag(VALUE));
    assertThat(other.publicKey()).isNotEqualTo(keyring.publicKey());
  }

  @Test
  void theIndexIsShortAndTellsNamesApart() {
    assertThat(keyring.index(VALUE).length()).isEqualTo(16);
    assertThat(keyring.index(VALUE)).isEqualTo(keyring.index(VALUE));
    assertThat(keyring.index(Bytes.utf8("correct horsf"))).isNotEqualTo(keyring.index(VALUE));
  }

  @Test
  void aTokenTagFitsItsMessageOnly() {
    Bytes tag = keyring.tokenTag(VALUE);

    assertThat(tag.length()).isEqualTo(64);
    assertThat(keyring.tokenTagFits(VALUE, tag)).isTrue();
    assertThat(keyring.tokenTagFits(Bytes.utf8("correct horsf"), tag)).isFalse();
    assertThat(keyring.tokenTagFits(VALUE, tag.slice(0, 32))).isFalse();
    assertThat(keyring.tokenTagFits(VALUE, Bytes.EMPTY)).isFalse();
    assertThat(Flipped.everyBitOf(tag)).noneMatch(changed -> keyring.tokenTagFits(VALUE, changed));
  }

  @Test
  void aSignatureIsOfItsMessageOnly() {
    Bytes signature = keyring.sign(VALUE);

    assertThat(signature.length()).isEqualTo(64);
    assertThat(keyring.publicKey().length()).isEqualTo(32);
    assertThat(keyring.verify(VALUE, signature)).isTrue();
    assertThat(Keyring.verify(keyring.publicKey(), VALUE, signature)).isTrue();
    assertThat(keyring.verify(Bytes.utf8("correct horsf"), signature)).isFalse();
    assertThat(keyring.verify(VALUE, Bytes.EMPTY)).isFalse();
    assertThat(fresh(2).verify(VALUE, signature)).isFalse();
    assertThat(Keyring.verify(Bytes.EMPTY, VALUE, signature)).isFalse();
    assertThat(Flipped.everyBitOf(signature)).noneMatch(changed -> keyring.verify(VALUE, changed));
  }

  @Test
  void aTokenTagIsTheHmacOfTheStandard() {
    RawKey raw = keyring.tokenKey();
    byte[] expected =
        raw.lend(key -> {
          try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return mac.doFinal(VALUE.toByteArray());
          } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
          }
        });

    assertThat(keyring.tokenTag(VALUE)).isEqualTo(Bytes.copyOf(expected));
  }
}
