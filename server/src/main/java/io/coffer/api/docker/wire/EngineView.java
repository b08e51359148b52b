package io.coffer.api.docker.wire;

import java.time.Instant;

/**
 * An engine as its pages show it: the one manager of a swarm, with nothing running on it.
 *
 * @param since when the swarm began
 */
public record EngineView(
    String version,
    String id,
    String name,
    String nodeId,
    String clusterId,
    Instant since,
    Machine machine,
    Trust trust,
    JoinTokens joinTokens) {
  /**
   * What it runs on.
   *
   * @param architecture as the kernel calls it, {@code x86_64}
   * @param goArchitecture as Go calls it, {@code amd64}
   */
  public record Machine(
      String architecture, String goArchitecture, String kernel, int cpus, long memory) {}

  /**
   * The swarm's certificate authority.
   *
   * @param root PEM
   * @param subject its DER in base64
   * @param publicKey its DER in base64
   */
  public record Trust(String root, String subject, String publicKey) {}

  /** What a node would join by, if any could. */
  public record JoinTokens(String worker, String manager) {}
}
