package io.coffer.crypto.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.TamperedException;

/**
 * Guards the root key with a key of its own, which is never kept beside the data. What every seal
 * owes is written down as tests, in {@code SealContract}.
 */
public interface Seal {
  /** What sort of seal it is, for the header: 1 to 32 of {@code [a-z0-9-]}, such as "file". */
  String kind();

  /**
   * Tells one seal key from another and nothing else about it: 16 characters of {@code [0-9a-f]},
   * the same whenever it is the same key.
   */
  String fingerprint();

  /** What must be known to get at its key, and is no secret: kept in the header. Often nothing. */
  default Bytes parameters() {
    return Bytes.EMPTY;
  }

  Bytes wrap(SecretBytes rootKey);

  /**
   * Returns the root key, which the caller must close.
   *
   * @throws TamperedException if this seal did not wrap it
   */
  @MustBeClosed
  SecretBytes unwrap(Bytes wrapped);
}
