package io.coffer.core;

import java.util.List;

/**
 * A credential that was believed.
 *
 * @param name for the audit trail, empty if unknown
 * @param scopes ids of roles: he may what is granted to him and one of them permits; none is no
 *     limit
 */
public record Caller(Subject subject, String name, Via via, List<String> scopes) {
  public Caller {
    scopes = List.copyOf(scopes);
  }

  /** One whose credential says nothing of scopes. */
  public Caller(Subject subject, String name, Via via) {
    this(subject, name, via, List.of());
  }

  /** How the caller proved who he is. */
  public enum Via {
    IAM_TOKEN("iam-token"),
    UNIX_SOCKET("unix-socket"),
    JWT("jwt"),
    API_KEY("api-key"),
    /** A token of another issuer, for which he was given one of ours. */
    FEDERATION("federation"),
    CERTIFICATE("certificate"),
    /** Whoever could reach the listener for swarms. */
    DOCKER_DRIVER("docker-driver"),
    /** Nobody was believed: only refusals are written down for it. */
    NOTHING("nothing"),
    /** The server's own doing, as at its first start. */
    SERVER("server");

    private final String wireName;

    Via(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Who asked, when nobody was believed. */
  public static Caller nobody() {
    return new Caller(new Subject(Subject.Type.SYSTEM, "anonymous"), "", Via.NOTHING);
  }

  public boolean believed() {
    return via != Via.NOTHING;
  }
}
