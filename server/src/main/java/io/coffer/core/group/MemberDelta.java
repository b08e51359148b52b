package io.coffer.core.group;

/**
 * A member to add or to remove.
 *
 * @param subjectId as {@link Members} reads it
 */
public record MemberDelta(Action action, String subjectId) {
  public enum Action {
    ADD,
    REMOVE
  }
}
