package io.coffer.tools;

import io.coffer.wire.access.Subject;
import io.coffer.wire.coffer.v1.ExplainAccessResponse;
import io.coffer.wire.coffer.v1.Grant;
import io.coffer.wire.coffer.v1.Need;
import java.util.ArrayList;
import java.util.List;

/** An explanation in sentences, one for each thing that is needed. */
final class Explained {
  private Explained() {}

  static List<String> sentences(ExplainAccessResponse answer) {
    List<String> sentences = new ArrayList<>();
    if (!answer.getRefusal().isEmpty()) {
      sentences.add("denied: no credential is taken: " + answer.getRefusal());
    }
    for (Need need : answer.getNeedsList()) {
      String what =
          need.getPermission() + " on " + need.getResourceType() + " " + need.getResourceId();
      if (need.getAllowed()) {
        sentences.add(
            "allowed: "
                + what
                + ": "
                + (need.hasGrant()
                    ? said(need.getGrant())
                    : "by a role on something above it that you may not look at"));
      } else {
        sentences.add("denied: " + what + ": " + need.getRefusal());
        need.getLackingList().forEach(grant -> sentences.add("  it has " + said(grant)));
        sentences.add("  what would do: " + String.join(", ", need.getRolesList()));
      }
    }
    return sentences;
  }

  private static String said(Grant grant) {
    Subject subject = grant.getBinding().getSubject();
    return grant.getBinding().getRoleId()
        + " on "
        + grant.getResourceId()
        + ", bound to "
        + subject.getType()
        + ":"
        + subject.getId();
  }
}
