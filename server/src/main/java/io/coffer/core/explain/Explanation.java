package io.coffer.core.explain;

import io.coffer.core.access.Decision;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.access.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Whether somebody may do something, and why.
 *
 * @param standing whether a credential of his is taken at all
 * @param findings one for each permission that the verb needs
 */
public record Explanation(Standing standing, List<Finding> findings) {
  public Explanation {
    findings = List.copyOf(findings);
  }

  public boolean allowed() {
    return standing == Standing.TAKEN
        && findings.stream().allMatch(finding -> finding.decision().allows());
  }

  /** Whether there is a credential that would be believed. */
  public enum Standing {
    TAKEN,
    NO_SUCH_ACCOUNT,
    SUSPENDED,
    EXPIRED,
    KEY_EXPIRED
  }

  /**
   * One permission on one resource.
   *
   * @param shown whether who asks may know on what the binding is that allows it
   * @param lacking what is bound to him there and permits something else, as far as who asks may
   *     know of it
   */
  public record Finding(
      Permission permission,
      Resource resource,
      Decision decision,
      boolean shown,
      List<Decision.Granted> lacking) {
    public Finding {
      lacking = List.copyOf(lacking);
    }

    /** The roles that would do. */
    public List<Role> roles() {
      return Arrays.stream(Role.values()).filter(role -> role.permits(permission)).toList();
    }
  }
}
