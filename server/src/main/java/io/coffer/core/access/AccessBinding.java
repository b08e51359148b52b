package io.coffer.core.access;

import io.coffer.core.Subject;

/** A role given to a subject, on whatever resource it is stored for. */
public record AccessBinding(Role role, Subject subject) {}
