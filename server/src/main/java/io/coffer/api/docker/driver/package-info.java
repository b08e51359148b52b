/**
 * Coffer as the secret provider of a real swarm: the plugin protocol of engines, version 1. A
 * manager activates the plugin once and asks it for the value of a secret whenever a task that uses
 * the secret is assigned to a node. Start at {@link io.coffer.api.docker.driver.DriverDoor}.
 *
 * <p>The protocol knows no callers: whoever can connect is served as the one service account the
 * door acts as.
 */
@NullMarked
package io.coffer.api.docker.driver;

import org.jspecify.annotations.NullMarked;
