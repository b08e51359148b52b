package io.coffer.crypto;

import io.coffer.Bytes;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is left when something was changed on the way. */
public final class Flipped {
  private Flipped() {}

  /** {@code whole} with one bit changed: every bit of every byte in turn. */
  public static Stream<Bytes> everyBitOf(Bytes whole) {
    return IntStream.range(0, whole.length() * Byte.SIZE)
        .mapToObj(bit -> {
          byte[] changed = whole.toByteArray();
          changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
          return Bytes.takeOver(changed);
        });
  }

  /** Every proper beginning of {@code whole}, and {@code whole} with one byte more. */
  public static Stream<Bytes> everyOtherLengthOf(Bytes whole) {
    return Stream.concat(
        IntStream.range(0, whole.length()).mapToObj(end -> whole.slice(0, end)),
        Stream.of(whole.plus(Bytes.copyOf((byte) 0))));
  }
}
