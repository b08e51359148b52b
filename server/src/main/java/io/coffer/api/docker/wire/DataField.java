package io.coffer.api.docker.wire;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import java.util.Arrays;

/**
 * The payload while it is being decoded, with the memory of a Go slice: a second array in one body
 * writes over the first, and a {@code null} in it leaves the byte that stood there. Arrays it
 * leaves behind are wiped.
 */
final class DataField implements AutoCloseable {
  private static final int ROOM_MIN = 64;

  private final GoBase64.Reading reading;
  private byte[] bytes = new byte[0];
  private int length;

  DataField(GoBase64.Reading reading) {
    this.reading = reading;
  }

  /** Replaces all by what the base64 text stands for. */
  void decode(byte[] in, int from, int to) {
    clear();
    bytes = new byte[GoBase64.decodedMax(to - from)];
    length = GoBase64.decode(in, from, to, bytes, reading);
  }

  /** Empties it, and forgets what was there. */
  void clear() {
    close();
    bytes = new byte[0];
    length = 0;
  }

  /** Makes the slice reach over {@code index}, which is at most one past its end. */
  void reach(int index) {
    if (index == bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, Math.max(ROOM_MIN, 2 * bytes.length));
      close();
      bytes = larger;
    }
    length = Math.max(length, index + 1);
  }

  void set(int index, int value) {
    bytes[index] = (byte) value;
  }

  /** Cuts it after {@code newLength} bytes; what is behind stays in memory. */
  void cut(int newLength) {
    length = newLength;
  }

  /** Hands the payload over; this is empty afterwards. */
  @MustBeClosed
  SecretBytes take() {
    byte[] exact = bytes;
    if (bytes.length > length) {
      exact = Arrays.copyOf(bytes, length);
      close();
    }
    bytes = new byte[0];
    length = 0;
    return SecretBytes.takeOver(exact);
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
