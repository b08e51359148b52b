package io.coffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string, ordered as unsigned bytes. It prints its length only, since nobody can
 * tell from here whether what it holds is a secret; {@link #hex} is for what is known not to be.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;
  private int hash;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Bytes copyOf(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** Takes the array over: the caller must not keep it. */
  public static Bytes takeOver(byte[] bytes) {
    return new Bytes(bytes);
  }

  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lower or upper case; throws {@link IllegalArgumentException} if {@code hex} is not hex. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public byte at(int index) {
    return bytes[index];
  }

  /** Eight bytes from {@code index}, big-endian. */
  public long longAt(int index) {
    long value = 0;
    for (int i = index; i < index + Long.BYTES; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(bytes, from, to));
  }

  public Bytes plus(Bytes tail) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + tail.bytes.length);
    System.arraycopy(tail.bytes, 0, joined, bytes.length, tail.bytes.length);
    return new Bytes(joined);
  }

  public boolean startsWith(Bytes prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  /** A copy the caller may change. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The array itself, for libraries that only read it. Whoever writes to it breaks this class. */
  public byte[] shared() {
    return bytes;
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    int result = hash;
    if (result == 0) {
      result = Arrays.hashCode(bytes);
      hash = result;
    }
    return result;
  }

  @Override
  public String toString() {
    return "Bytes[" + bytes.length + "]";
  }
}
