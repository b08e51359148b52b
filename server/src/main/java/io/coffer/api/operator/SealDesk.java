package io.coffer.api.operator;

import io.coffer.SecretBytes;
import java.util.List;

/**
 * Seals and opens a store while its process runs. Each of these takes the time it takes, and one is
 * done at a time; what cannot be done as things are is a {@link
 * io.coffer.crypto.seal.SealException}. Answers are closed by whoever is given them.
 */
public interface SealDesk {
  SealStatus status();

  /**
   * Opens the store if with {@code answers} there is all it takes, else keeps them for the next
   * time. A wrong one is not kept; if all together are wrong, none is.
   *
   * @param reset forgets what was given before
   */
  SealStatus unseal(List<SecretBytes> answers, boolean reset);

  /** Ends what is under way, closes the store and forgets its keys. */
  SealStatus seal();

  /** Adds a term to the keyring; returns its number. */
  int rotate();

  /**
   * Has the store need another seal.
   *
   * @param to as {@code --seal} is given
   */
  Rekeyed rekey(String to, List<SecretBytes> answers);

  /** The shares that were {@link Rekeyed.HandedOut} are where they belong. */
  SealStatus confirm(String confirmation);
}
