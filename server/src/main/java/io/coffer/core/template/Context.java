package io.coffer.core.template;

import java.util.Map;

/** Whom a value is delivered to: what {@code .Service}, {@code .Node} and {@code .Task} are. */
public record Context(Service service, Node node, Task task) {
  public record Service(String id, String name, Map<String, String> labels) {
    public Service {
      labels = Map.copyOf(labels);
    }
  }

  /** Engines leave all but the id empty when they expand a secret. */
  public record Node(String id, String hostname, String architecture, String os) {}

  public record Task(String id, String name, String slot) {}
}
