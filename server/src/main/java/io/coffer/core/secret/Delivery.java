package io.coffer.core.secret;

import io.coffer.SecretBytes;

/** What came of asking for a value. */
public sealed interface Delivery {
  /** Whoever is given it closes it. */
  record Value(SecretBytes value) implements Delivery {}

  /**
   * There is a value, and it cannot be made into what was asked for.
   *
   * @param why it may quote the template and a value: it is for the one who asked, and must not be
   *     logged or audited
   */
  record Unfit(String why) implements Delivery {}
}
