package io.coffer.core.secret;

import io.coffer.core.template.Context;

/**
 * Asks for one value, for a task of a swarm.
 *
 * @param reference the id of a secret, or the name of one in the Docker folder
 * @param entry the key of the value, empty for the one a Docker client would mean
 * @param versionId empty for the current one
 * @param to whom it is delivered to; the record and templates tell
 */
public record Deliver(String reference, String entry, String versionId, Context to) {}
