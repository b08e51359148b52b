package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.DataKey;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.EntryPlace;
import io.coffer.crypto.EntryPlace.Kind;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.TenantCiphertext;
import io.coffer.crypto.TenantKey;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.crypto.TenantKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Yesterday's bytes still open. A file in {@code golden/crypto} is never written again: a format
 * that changes gets a new number and a new file, and reads the old one for ever.
 */
class GoldenTest {
  private static final Bytes VALUE = Bytes.utf8("correct horse battery staple");
  private static final Bytes ROW = Bytes.utf8("s/golden");
  private static final EntryPlace ENTRY =
      new EntryPlace("e6qgolden", "e6qversion", "password", Kind.TEXT);

  @TempDir private Path directory;

  private static byte[] resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/golden/crypto/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes golden(String name) {
    return Bytes.ofHex(new String(resource(name), US_ASCII).strip());
  }

  private static Keyring keyring() {
    try (SecretBytes record = SecretBytes.takeOver(golden("keyring.hex").toByteArray())) {
      return Keyring.decode(record);
    }
  }

  @Test
  void aKeyringRecordIsWrittenAsItWas() {
    SeededEntropy entropy = new SeededEntropy(2030);
    Keyring keyring =
        Keyring.fresh(entropy, Instant.parse("2030-01-01T00:00:00Z"))
            .rotated(entropy, Instant.parse("2031-01-01T00:00:00Z"));

    try (SecretBytes record = keyring.encode()) {
      Bytes written = record.lend(Bytes::copyOf);
      assertThat(written).isEqualTo(golden("keyring.hex"));
    }
  }

  @Test
  void aStoredValueOpens() {
    Place place = new Place(Purpose.STORED_VALUE, ROW);

    assertThat(keyring().openBytes(golden("stored-value-term-1.hex"), place)).isEqualTo(VALUE);
    assertThat(keyring().openBytes(golden("stored-value-term-2.hex"), place)).isEqualTo(VALUE);
  }

  @Test
  void aPayloadEntryOpens() {
    DataKeys dataKeys = new DataKeys(keyring(), new SeededEntropy(1));
    try (DataKey key = dataKeys.unwrap(golden("wrapped-data-key.hex"), ROW);
        SecretBytes entry = key.open(golden("payload-entry.hex"), ENTRY)) {
      Bytes opened = entry.lend(Bytes::copyOf);
      assertThat(opened).isEqualTo(VALUE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTenantsCiphertextOpens(Algorithm algorithm) {
    String name = algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".hex";
    TenantCiphertext ciphertext =
        TenantCiphertext.decode(golden("tenant-ciphertext-" + name)).orElseThrow();
    TenantKeys tenantKeys = new TenantKeys(keyring(), new SeededEntropy(1));
    try (TenantKey key = tenantKeys.unwrap(golden("wrapped-tenant-key-" + name), ROW);
        SecretBytes plaintext =
            key.open(
                    ciphertext.sealed(),
                    TenantCiphertext.place("abjgolden", "abjversion", Bytes.utf8("a context")))
                .orElseThrow()) {
      Bytes opened = plaintext.lend(Bytes::copyOf);
      assertThat(opened).isEqualTo(VALUE);
    }
    assertThat(ciphertext.keyId()).isEqualTo("abjgolden");
    assertThat(ciphertext.versionId()).isEqualTo("abjversion");
  }

  @Test
  void namesAndTokensAndSignaturesStayWhatTheyWere() {
    assertThat(keyring().index(VALUE)).isEqualTo(golden("index.hex"));
    assertThat(keyring().tokenTag(VALUE)).isEqualTo(golden("token-tag.hex"));
    assertThat(keyring().publicKey()).isEqualTo(golden("public-key.hex"));
    assertThat(keyring().sign(VALUE)).isEqualTo(golden("signature.hex"));
  }

  @Test
  void aStoreOpensWithItsKeyFile() throws IOException {
    Path path = Files.write(directory.resolve("seal.key"), resource("seal.key"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    StoreHeader header = StoreHeader.decode(golden("store-header.hex"));

    Keyring keyring = Opening.open(header, FileSeal.load(path));

    assertThat(header.encode()).isEqualTo(golden("store-header.hex"));
    assertThat(keyring.publicKey()).isEqualTo(golden("public-key.hex"));
  }

  @Test
  void aStoreOpensWithItsPassphrase() {
    StoreHeader header = StoreHeader.decode(golden("store-header-passphrase.hex"));

    Seal seal =
        Seals.open(
            new SealSpec.Passphrase(),
            header,
            new SeededEntropy(1),
            Answers.of("correct horse battery staple"));

    assertThat(header.encode()).isEqualTo(golden("store-header-passphrase.hex"));
    assertThat(Opening.open(header, seal).publicKey()).isEqualTo(golden("public-key.hex"));
  }

  @Test
  void aStoreOpensWithItsShares() {
    StoreHeader header = StoreHeader.decode(golden("store-header-shares.hex"));
    List<String> shares = new String(resource("shares.txt"), US_ASCII).lines().toList();

    Seal seal =
        Seals.open(
            new SealSpec.Shares(2, 3),
            header,
            new SeededEntropy(1),
            Answers.of(shares.get(2), shares.get(0)));

    assertThat(header.encode()).isEqualTo(golden("store-header-shares.hex"));
    assertThat(Opening.open(header, seal).publicKey()).isEqualTo(golden("public-key.hex"));
  }
}
