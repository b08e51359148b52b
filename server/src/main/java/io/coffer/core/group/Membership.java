package io.coffer.core.group;

/** That a subject is in a group. */
public record Membership(String groupId, String groupName) {}
