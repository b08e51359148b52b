package io.coffer;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plaintext or key material. It does not print; it is lent to one function at a time and wiped on
 * close, as well as a garbage-collected heap allows. To find every reader, find the callers of
 * {@link #lend}.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private volatile boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: the caller must not keep it. */
  @MustBeClosed
  public static SecretBytes takeOver(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  public <T extends @Nullable Object> T lend(Function<byte[], T> reader) {
    if (wiped) {
      throw new AssertionError("secret bytes used after close");
    }
    return reader.apply(bytes);
  }

  @Override
  public void close() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretBytes[redacted]";
  }
}
