package io.coffer.core.access;

import io.coffer.core.Subject;
import io.coffer.engine.ReadTx;
import java.util.Optional;
import java.util.Set;

/**
 * As whom a caller counts, in one transaction. The groups he is in are looked up when the first
 * binding names a group, and not again; a decision that meets no such binding reads nothing of
 * them.
 */
final class Standing {
  private final ReadTx tx;
  private final Subject self;
  private boolean groupsKnown;
  private Set<String> groups = Set.of();
  private boolean organizationKnown;
  private String organization = "";

  Standing(ReadTx tx, Subject self) {
    this.tx = tx;
    this.self = self;
  }

  /**
   * Whether what is bound to {@code subject} is bound to him. No door serves callers without a
   * credential, so everybody is everybody whose credential was believed.
   */
  boolean is(Subject subject) {
    return subject.equals(self)
        || switch (subject.type()) {
          case SERVICE_ACCOUNT, USER_ACCOUNT, FEDERATED_USER, CERTIFICATE -> false;
          case GROUP -> groups().contains(subject.id());
          case SYSTEM ->
              subject.equals(Subject.ALL_USERS)
                  || subject.equals(Subject.ALL_AUTHENTICATED_USERS)
                  || isOf(OrganizationUsers.organizationOf(subject));
        };
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Said of a subject, who may be none.
  private boolean isOf(Optional<String> named) {
    return named.isPresent() && named.get().equals(organization());
  }

  private Set<String> groups() {
    if (!groupsKnown) {
      groups = Memberships.groupsOf(tx, self);
      groupsKnown = true;
    }
    return groups;
  }

  private String organization() {
    if (!organizationKnown) {
      organization = OrganizationUsers.organizationOfAccount(tx, self).orElse("");
      organizationKnown = true;
    }
    return organization;
  }
}
