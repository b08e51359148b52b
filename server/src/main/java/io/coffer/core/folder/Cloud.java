package io.coffer.core.folder;

import java.time.Instant;

/** The root of a hierarchy. */
public record Cloud(String id, String name, Instant createdAt) {}
