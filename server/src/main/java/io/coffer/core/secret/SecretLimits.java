package io.coffer.core.secret;

/**
 * How much may be kept. Folders that the Docker door shows have the limits of an engine instead,
 * but for the versions of one secret.
 *
 * @param perCloud secrets
 * @param versions of one secret that are not destroyed
 * @param versionBytes all values of one version together
 */
public record SecretLimits(long perCloud, int versions, int versionBytes) {
  public static final SecretLimits DEFAULT = new SecretLimits(10_000, 1_000, 65_536);

  /** They are counted at every start. */
  public static final long PER_CLOUD_MAX = 10_000_000;

  /** They are counted whenever one is added. */
  public static final int VERSIONS_MAX = 100_000;

  /** As much as a secret of the Docker door. */
  public static final int VERSION_BYTES_MAX = SealedVersion.DOCKER_PAYLOAD_MAX;

  public SecretLimits {
    require(perCloud, PER_CLOUD_MAX);
    require(versions, VERSIONS_MAX);
    require(versionBytes, VERSION_BYTES_MAX);
  }

  private static void require(long number, long most) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("must be a number from 1 to " + most);
    }
  }
}
