package io.coffer.api.operator;

import io.coffer.SecretBytes;
import java.util.List;

/** What came of a change of the seal. */
public sealed interface Rekeyed {
  /** The store needs the new seal. */
  record Done(SealStatus status) implements Rekeyed {}

  /**
   * Nothing was changed yet: first these must be in the hands of people, which {@link
   * SealDesk#confirm} says.
   *
   * @param shares to be closed by whoever is told
   */
  record HandedOut(String confirmation, List<SecretBytes> shares) implements Rekeyed {
    public HandedOut {
      shares = List.copyOf(shares);
    }
  }
}
