package io.coffer.api.docker.wire;

import java.time.Instant;

/** That something happened to a secret, as {@code /events} tells it. */
public record EventView(Action action, String id, String name, Instant at) {
  static final String TYPE = "secret";
  static final String SCOPE = "swarm";

  /** What happened. */
  public enum Action {
    CREATE("create"),
    UPDATE("update"),
    REMOVE("remove");

    private final String wireName;

    Action(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** One line of JSON. */
  public byte[] line() {
    long seconds = at.getEpochSecond();
    return new JsonWriter(224)
        .raw("{\"Type\":\"" + TYPE + "\",\"Action\":\"" + action.wireName + "\",\"Actor\":{\"ID\":")
        .string(id)
        .raw(",\"Attributes\":{\"name\":")
        .string(name)
        .raw("}},\"scope\":\"" + SCOPE + "\",\"time\":")
        .number(seconds)
        .raw(",\"timeNano\":")
        .number(Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), at.getNano()))
        .raw("}")
        .line();
  }
}
