package io.coffer.core.iam;

import io.coffer.core.Subject;
import java.time.Instant;

/** Who logs in with a key of his own: a program or a person. */
public sealed interface Account permits ServiceAccount, UserAccount {
  String id();

  /** For the audit trail. */
  String name();

  Subject subject();

  /** Whether its credentials are taken at that time. */
  boolean standsAt(Instant now);
}
