/**
 * The Docker Engine API, the secrets group and what clients ask around it. {@link
 * io.coffer.api.docker.door.DockerDoor} routes; {@code wire} has the forms, byte for byte.
 *
 * <p>Promises: statuses, texts and headers are those of an engine that speaks API 1.51 down to
 * 1.24.
 */
@NullMarked
package io.coffer.api.docker.door;

import org.jspecify.annotations.NullMarked;
