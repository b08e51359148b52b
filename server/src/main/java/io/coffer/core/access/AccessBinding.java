package io.coffer.core.access;

import io.coffer.Problem;
import io.coffer.core.Subject;
import io.coffer.crypto.tls.SubjectName;
import java.util.Comparator;

/** A role given to a subject, on whatever resource it is stored for. */
public record AccessBinding(Role role, Subject subject) {
  /** By subject, then by role: the order in which the bindings of a resource are kept. */
  static final Comparator<AccessBinding> ORDER =
      Comparator.comparing((AccessBinding binding) -> binding.subject().type().wireName())
          .thenComparing(binding -> binding.subject().id())
          .thenComparing(binding -> binding.role().id());

  /**
   * What a caller asks to have bound, in the words of the wire.
   *
   * <p>Accounts and groups need not exist: a grant may be made before its subject is, and counts
   * for nobody until then.
   */
  public static AccessBinding of(String roleId, String subjectType, String subjectId) {
    Role role =
        Role.of(roleId)
            .orElseThrow(
                () -> new Problem.Invalid("role_id", "must be a role that exists").asException());
    return new AccessBinding(role, subject(subjectType, subjectId));
  }

  /** Somebody in the words of the wire; groups and accounts need not exist. */
  public static Subject subject(String subjectType, String subjectId) {
    Subject.Type type =
        Subject.Type.of(subjectType)
            .orElseThrow(() ->
                new Problem.Invalid(
                        "subject.type",
                        "must be userAccount, serviceAccount, federatedUser, group, system or"
                            + " certificate")
                    .asException());
    return subject(type, subjectId);
  }

  private static Subject subject(Subject.Type type, String id) {
    return switch (type) {
      case SYSTEM -> {
        Subject system = new Subject(type, id);
        if (!system.equals(Subject.ALL_USERS)
            && !system.equals(Subject.ALL_AUTHENTICATED_USERS)
            && OrganizationUsers.organizationOf(system).isEmpty()) {
          throw new Problem.Invalid(
                  "subject.id",
                  "must be allUsers, allAuthenticatedUsers or group:organization:ID:users")
              .asException();
        }
        yield system;
      }
      case CERTIFICATE -> new Subject(type, SubjectName.parse(id).value());
      case SERVICE_ACCOUNT, USER_ACCOUNT, FEDERATED_USER, GROUP -> {
        if (id.isEmpty() || id.indexOf('\0') >= 0) {
          throw new Problem.Invalid("subject.id", "must be an id").asException();
        }
        yield new Subject(type, id);
      }
    };
  }
}
