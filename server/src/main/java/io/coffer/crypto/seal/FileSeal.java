package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * A seal whose key is one line of text in a file of its owner's alone:
 *
 * <pre>
 *   coffer-seal-1:BASE64 OF 32 BYTES
 * </pre>
 *
 * <p>A store that exists is opened with {@link #load}, which never makes a file: a new key could
 * not open it. Only a store about to be made may {@link #loadOrCreate}.
 */
public final class FileSeal implements Seal {
  static final String KIND = "file";

  private static final byte[] PREFIX = "coffer-seal-1:".getBytes(US_ASCII);
  private static final int KEY_LENGTH = 32;

  private final Path path;
  private final SealKey key;

  private FileSeal(Path path, SealKey key) {
    this.path = path;
    this.key = key;
  }

  /**
   * The seal whose key is in the file.
   *
   * @throws SealException if there is no such file, others may read it, or it holds something else
   */
  public static FileSeal load(Path path) {
    byte[] text = KeyFile.read("seal key file", path);
    try (SecretBytes bytes = SecretBytes.takeOver(parse(path, text))) {
      return new FileSeal(path, new SealKey(bytes));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * As {@link #load}, but makes the file, and its directory, if it is missing. Whoever else does so
   * at the same time gets the same key.
   */
  public static FileSeal loadOrCreate(Path path, Entropy entropy) {
    if (!KeyFile.exists(path)) {
      byte[] drawn = entropy.bytes(KEY_LENGTH);
      byte[] text = format(drawn);
      try {
        KeyFile.create(path, text);
      } finally {
        Arrays.fill(drawn, (byte) 0);
        Arrays.fill(text, (byte) 0);
      }
    }
    return load(path);
  }

  private static byte[] format(byte[] key) {
    byte[] encoded = Base64.getEncoder().encode(key);
    byte[] line = Arrays.copyOf(PREFIX, PREFIX.length + encoded.length + 1);
    System.arraycopy(encoded, 0, line, PREFIX.length, encoded.length);
    line[line.length - 1] = '\n';
    Arrays.fill(encoded, (byte) 0);
    return line;
  }

  /** Some editors end a line otherwise than we do, or not at all; that is no other key. */
  private static byte[] parse(Path path, byte[] text) {
    int end = text.length;
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
      end--;
    }
    if (end < PREFIX.length || !Arrays.equals(text, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new SealException(
          path + " is no seal key file: it must be one line that begins with coffer-seal-1:");
    }
    byte[] encoded = Arrays.copyOfRange(text, PREFIX.length, end);
    try {
      byte[] key = Base64.getDecoder().decode(encoded);
      if (key.length == KEY_LENGTH) {
        return key;
      }
      Arrays.fill(key, (byte) 0);
    } catch (IllegalArgumentException _) {
      // Not base64, and no word of what it is instead: it may be a key with a typing error.
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new SealException(
        path + " is damaged: after coffer-seal-1: there must be 32 bytes in base64");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String fingerprint() {
    return key.fingerprint();
  }

  @Override
  public Bytes wrap(SecretBytes rootKey) {
    return key.wrap(rootKey);
  }

  @Override
  @MustBeClosed
  public SecretBytes unwrap(Bytes wrapped) {
    return key.unwrap(wrapped);
  }

  @Override
  public String toString() {
    return "FileSeal[" + path + ", " + fingerprint() + "]";
  }
}
