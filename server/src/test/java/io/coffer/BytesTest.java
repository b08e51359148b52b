package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void theyDoNotPrintWhatTheyHold() {
    assertThat(Bytes.utf8("secret")).hasToString("Bytes[6]");
  }

  @Test
  void theyDoNotChangeWithTheArrayTheyWereCopiedFromOrTo() {
    byte[] array = {1, 2};
    Bytes bytes = Bytes.copyOf(array);
    array[0] = 9;
    bytes.toByteArray()[1] = 9;

    assertThat(bytes).isEqualTo(Bytes.copyOf((byte) 1, (byte) 2));
  }

  @Test
  void theyAreOrderedAsUnsignedBytesAPrefixFirst() {
    assertThat(
            Arrays.asList(
                Bytes.EMPTY,
                Bytes.ofHex("00"),
                Bytes.ofHex("0000"),
                Bytes.ofHex("7f"),
                Bytes.ofHex("80"),
                Bytes.ofHex("FF")))
        .isSorted();
  }

  @Test
  void aLongIsBigEndian() {
    assertThat(Bytes.ofHex("ff0102030405060708").longAt(1)).isEqualTo(0x0102030405060708L);
    assertThat(Bytes.ofHex("ffffffffffffffff").longAt(0)).isEqualTo(-1);
  }

  @Test
  void whatIsNotHexIsRefused() {
    assertThatThrownBy(() -> Bytes.ofHex("0g")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bytes.ofHex("000")).isInstanceOf(IllegalArgumentException.class);
  }

  @Seeds
  void partsMakeTheWhole(long seed) {
    Nouns nouns = new Nouns(seed);
    Bytes head = nouns.bytes();
    Bytes tail = nouns.bytes();
    Bytes whole = head.plus(tail);

    assertThat(whole.startsWith(head)).isTrue();
    assertThat(whole.slice(0, head.length())).isEqualTo(head).hasSameHashCodeAs(head);
    assertThat(whole.slice(head.length(), whole.length())).isEqualTo(tail);
    assertThat(Bytes.ofHex(whole.hex())).isEqualTo(whole);
    assertThat(head.startsWith(whole)).isEqualTo(tail.isEmpty());
  }
}
