package io.coffer.core.iam;

import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.core.access.Resource;
import java.time.Instant;
import java.util.List;

/**
 * An identity for a person.
 *
 * @param organizationId of the cloud it is in: each cloud is an organization
 * @param email empty if none was given
 */
public record UserAccount(
    String id, String organizationId, String login, String email, Instant createdAt)
    implements Account {
  @Override
  public String name() {
    return login;
  }

  @Override
  public Subject subject() {
    return new Subject(Subject.Type.USER_ACCOUNT, id);
  }

  /** Always: one that is not to be any more is deleted. */
  @Override
  public boolean standsAt(Instant now) {
    return true;
  }

  Resource resource() {
    return Resource.userAccount(id, organizationId);
  }

  List<Event.Place> path() {
    return List.of(new Event.Place("resource-manager.cloud", organizationId, ""));
  }
}
