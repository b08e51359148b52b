package io.coffer.api.docker.wire;

import java.util.List;

/**
 * Every sentence the secrets group can answer with, and its status. Those made behind the engine's
 * internal RPC carry its prefix; those made in the HTTP layer do not. Clients match on both.
 */
public final class SecretErrors {
  private static final String INVALID = "rpc error: code = InvalidArgument desc = ";
  private static final String UNKNOWN = "rpc error: code = Unknown desc = ";

  private SecretErrors() {}

  // Create.

  public static DockerError nameMissing() {
    return new DockerError(400, INVALID + "name must be provided");
  }

  public static DockerError nameInvalid() {
    return new DockerError(
        400,
        INVALID
            + "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end"
            + " character must be [a-zA-Z0-9]");
  }

  public static DockerError dataSize() {
    return new DockerError(
        400, INVALID + "secret data must be larger than 0 and less than 512000 bytes");
  }

  public static DockerError templatingTooNew(ApiVersion version) {
    return new DockerError(
        400, "secret templating is not supported on the specified API version: " + version);
  }

  public static DockerError driverNameMissing() {
    return new DockerError(400, INVALID + "secret driver must have a name");
  }

  public static DockerError driverUnknown(String driver) {
    return new DockerError(500, UNKNOWN + "plugin " + GoQuote.text(driver) + " not found");
  }

  public static DockerError driverUnfit() {
    return new DockerError(
        500, UNKNOWN + "legacy plugin: Plugin does not implement the requested driver");
  }

  /** What an engine passes on in the words of its libraries; ours say the same of any plugin. */
  public static DockerError driverFailed(String driver, String words) {
    return new DockerError(500, UNKNOWN + "plugin " + GoQuote.text(driver) + ": " + words);
  }

  /** {@code name} as the caller sent it. */
  public static DockerError nameTaken(String name) {
    return new DockerError(
        409, "rpc error: code = AlreadyExists desc = secret " + name + " already exists");
  }

  /** The spec is larger on the engine's internal wire than a message may be, in bytes. */
  public static DockerError messageTooLarge(long size) {
    return new DockerError(
        500,
        "rpc error: code = ResourceExhausted desc = grpc: received message larger than max ("
            + size
            + " vs. "
            + SpecSize.MESSAGE_MAX
            + ")");
  }

  public static DockerError objectTooLarge() {
    return new DockerError(500, UNKNOWN + "raft: raft message is too large and can't be sent");
  }

  // Look up.

  /** {@code asked} as the caller wrote it, decoded. */
  public static DockerError notFound(String asked) {
    return new DockerError(404, "secret " + asked + " not found");
  }

  public static DockerError ambiguous(String asked, int matches) {
    return new DockerError(
        400, "secret " + asked + " is ambiguous (" + matches + " matches found)");
  }

  // List.

  public static DockerError filterMalformed() {
    return new DockerError(400, "invalid filter");
  }

  /** The engine words an unknown empty key as it words malformed filters. */
  public static DockerError filterUnknown(String key) {
    return key.isEmpty() ? filterMalformed() : new DockerError(400, "invalid filter '" + key + "'");
  }

  // Update.

  public static DockerError versionInvalid() {
    return new DockerError(400, "invalid secret version");
  }

  public static DockerError notOnlyLabels() {
    return new DockerError(400, INVALID + "only updates to Labels are allowed");
  }

  /** A conflict, and yet 500: clients rely on it. */
  public static DockerError outOfSequence() {
    return new DockerError(500, UNKNOWN + "update out of sequence");
  }

  // Delete.

  /** Somebody else deleted it between look-up and delete. */
  public static DockerError gone(String id) {
    return new DockerError(404, "rpc error: code = NotFound desc = could not find secret " + id);
  }

  /** {@code users} in the order of their ids, at least one. */
  public static DockerError inUse(String name, List<String> users) {
    return new DockerError(
        400,
        INVALID
            + "secret '"
            + name
            + "' is in use by the following "
            + (users.size() == 1 ? "service: " : "services: ")
            + String.join(", ", users));
  }

  // Any request.

  public static DockerError pageNotFound() {
    return new DockerError(404, "page not found");
  }

  public static DockerError versionTooNew(String version) {
    return new DockerError(
        400,
        "client version "
            + version
            + " is too new. Maximum supported API version is "
            + ApiVersion.MAX);
  }

  public static DockerError versionTooOld(String version) {
    return new DockerError(
        400,
        "client version "
            + version
            + " is too old. Minimum supported API version is "
            + ApiVersion.MIN
            + ", please upgrade your client to a newer version");
  }

  public static DockerError notAManager() {
    return new DockerError(
        503,
        "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
            + " connect this node to swarm and try again.");
  }

  public static DockerError locked() {
    return new DockerError(
        503,
        "Swarm is encrypted and needs to be unlocked before it can be used. Please use \"docker"
            + " swarm unlock\" to unlock it.");
  }

  /** Begins as {@link #locked} does, which clients know; what helps here is another command. */
  public static DockerError sealed() {
    return new DockerError(
        503,
        "Swarm is encrypted and needs to be unlocked before it can be used. Coffer is sealed; an"
            + " operator opens it with \"coffer operator unseal\".");
  }

  public static DockerError alreadyInASwarm() {
    return new DockerError(
        503,
        "This node is already part of a swarm. Use \"docker swarm leave\" to leave this swarm and"
            + " join another one.");
  }

  public static DockerError notReady() {
    return new DockerError(
        503,
        "This node is not a swarm manager. Manager is being prepared or has trouble connecting to"
            + " the cluster.");
  }

  public static DockerError worker() {
    return new DockerError(
        503,
        "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster"
            + " state. Please run this command on a manager node or promote the current node to a"
            + " manager.");
  }

  public static DockerError certificatesExpired() {
    return new DockerError(
        503, "Swarm certificates have expired. To replace them, leave the swarm and join again.");
  }
}
