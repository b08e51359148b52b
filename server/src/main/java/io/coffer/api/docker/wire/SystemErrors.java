package io.coffer.api.docker.wire;

/** What the pages around the secrets answer when there is nothing to show. */
public final class SystemErrors {
  private SystemErrors() {}

  /**
   * Of services, tasks, nodes, networks and configs.
   *
   * @param kind in one word
   * @param asked as the caller wrote it, decoded
   */
  public static DockerError notFound(String kind, String asked) {
    return new DockerError(404, kind + " " + asked + " not found");
  }

  public static DockerError noSuchVolume(String asked) {
    return new DockerError(404, "get " + asked + ": no such volume");
  }

  public static DockerError noSuchPlugin(String asked) {
    return new DockerError(404, "plugin " + GoQuote.text(asked) + " not found");
  }

  /** Nobody locked the swarm, so nobody can unlock it. */
  public static DockerError notLocked() {
    return new DockerError(409, "swarm is not locked");
  }

  /** For pages of engines that have nothing to do with secrets. */
  public static DockerError notCoffers() {
    return new DockerError(
        501,
        "this is Coffer, which keeps secrets: it serves the secrets of the Docker API and runs no"
            + " containers, images, networks, volumes or services");
  }
}
