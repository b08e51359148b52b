package io.coffer.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.Flipped;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TamperedException;
import io.coffer.crypto.TestEngine;
import io.coffer.engine.Row;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Place PLACE = new Place(Purpose.STORED_VALUE, Bytes.utf8("s/one"));
  private static final Bytes VALUE = Bytes.utf8("correct horse");

  @TempDir private Path directory;
  private Seal seal;
  private Seal other;
  private StoreHeader header;

  @BeforeEach
  void makeAStore() {
    seal = FileSeal.loadOrCreate(directory.resolve("seal.key"), new SeededEntropy(1));
    other = FileSeal.loadOrCreate(directory.resolve("other.key"), new SeededEntropy(2));
    header = Opening.create(seal, new SeededEntropy(3), NOW);
  }

  @Test
  void aHeaderSaysWhatItNeeds() {
    assertThat(header.storeId()).matches("[0-9a-f]{32}");
    assertThat(header.sealKind()).isEqualTo("file");
    assertThat(header.sealFingerprint()).isEqualTo(seal.fingerprint());
    assertThat(StoreHeader.decode(header.encode())).isEqualTo(header);
  }

  @Test
  void aStoreOpensWithItsSealAgainAndAgain() {
    Bytes sealed = Opening.open(header, seal).sealBytes(VALUE, PLACE);

    StoreHeader read = StoreHeader.decode(header.encode());

    assertThat(Opening.open(read, seal).openBytes(sealed, PLACE)).isEqualTo(VALUE);
  }

  @Test
  void aWrongSealIsNamedBesideTheRightOne() {
    assertThatThrownBy(() -> Opening.open(header, other))
        .isInstanceOf(SealException.class)
        .hasMessage(
            "this store needs the seal key %s, the one given is %s",
            seal.fingerprint(), other.fingerprint());
  }

  @Test
  void aHeaderRelabelledToAnotherSealDoesNotOpen() {
    StoreHeader relabelled =
        new StoreHeader(
            header.storeId(),
            header.sealKind(),
            other.fingerprint(),
            header.sealParameters(),
            header.wrappedRootKey(),
            header.sealedKeyring());

    assertThatThrownBy(() -> Opening.open(relabelled, other)).isInstanceOf(TamperedException.class);
  }

  @Test
  void noBitOfAHeaderMayChange() {
    assertThat(Flipped.everyBitOf(header.encode())).allSatisfy(this::assertDoesNotOpen);
  }

  @Test
  void noByteOfAHeaderMayBeMissing() {
    assertThat(Flipped.everyOtherLengthOf(header.encode())).allSatisfy(this::assertDoesNotOpen);
  }

  private void assertDoesNotOpen(Bytes changed) {
    assertThatThrownBy(() -> Opening.open(StoreHeader.decode(changed), seal))
        .isInstanceOfAny(TamperedException.class, SealException.class);
  }

  @Test
  void whatTwoHeadersAreMadeOfCannotBeMixed() {
    StoreHeader second = Opening.create(seal, new SeededEntropy(4), NOW);
    for (int part = 0; part < 3; part++) {
      StoreHeader mixed =
          new StoreHeader(
              part == 0 ? second.storeId() : header.storeId(),
              header.sealKind(),
              header.sealFingerprint(),
              header.sealParameters(),
              part == 1 ? second.wrappedRootKey() : header.wrappedRootKey(),
              part == 2 ? second.sealedKeyring() : header.sealedKeyring());

      assertThatThrownBy(() -> Opening.open(mixed, seal)).isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void aLaterFormatIsRefusedInWords() {
    byte[] later = header.encode().toByteArray();
    later[6] = 3;

    assertThatThrownBy(() -> StoreHeader.decode(Bytes.takeOver(later)))
        .isInstanceOf(SealException.class)
        .hasMessage("this store was written in format 3, and this release reads formats 1 and 2");
  }

  @Test
  void aRotatedKeyringIsResealedForTheSameStore() {
    Keyring keyring = Opening.open(header, seal);
    Bytes old = keyring.sealBytes(VALUE, PLACE);

    StoreHeader rotated =
        Opening.reseal(header, seal, keyring.rotated(new SeededEntropy(5), NOW.plusSeconds(1)));

    Keyring read = Opening.open(rotated, seal);
    assertThat(read.activeTerm()).isEqualTo(2);
    assertThat(read.openBytes(old, PLACE)).isEqualTo(VALUE);
    assertThat(rotated.storeId()).isEqualTo(header.storeId());
  }

  @Test
  void aChangedSealOpensAndTheOneBeforeDoesNot() {
    Bytes sealed = Opening.open(header, seal).sealBytes(VALUE, PLACE);

    StoreHeader changed = Opening.changeSeal(header, seal, other);

    assertThat(Opening.open(changed, other).openBytes(sealed, PLACE)).isEqualTo(VALUE);
    assertThatThrownBy(() -> Opening.open(changed, seal)).isInstanceOf(SealException.class);
    assertThatThrownBy(() -> Opening.changeSeal(header, other, seal))
        .isInstanceOf(SealException.class);
  }

  @Test
  void ofTwoWhoMakeAStoreTheFirstOneDoes() {
    try (TestEngine engine = new TestEngine()) {
      assertThat(engine.read(StoreHeader::read)).isEmpty();
      StoreHeader late = Opening.create(seal, new SeededEntropy(4), NOW);

      StoreHeader first = engine.write(header::writeIfAbsent).toCompletableFuture().join().value();
      StoreHeader second = engine.write(late::writeIfAbsent).toCompletableFuture().join().value();

      assertThat(first).isEqualTo(header);
      assertThat(second).isEqualTo(header);
      assertThat(engine.read(StoreHeader::read)).contains(header);
      assertThat(engine.rows()).extracting(Row::key).containsExactly(SealedEngine.HEADER_KEY);
    }
  }
}
