package io.coffer.api.docker.wire;

import java.util.List;

/**
 * Which events a client asked for. Keys must all match, of the values of a key one; unknown keys
 * are ignored. Keys that name a kind of object hold ids and names or how they begin, and they are
 * held against every event, whatever it is about.
 */
public final class EventFilter {
  private static final List<String> OBJECTS =
      List.of(
          "config",
          "container",
          "daemon",
          "image",
          "network",
          "node",
          "plugin",
          "secret",
          "service",
          "volume");

  private final Filters filters;

  public EventFilter(Filters filters) {
    this.filters = filters;
  }

  public boolean includes(EventView event) {
    return exactly("type", EventView.TYPE)
        && exactly("event", event.action().wireName())
        && exactly("scope", EventView.SCOPE)
        && OBJECTS.stream().allMatch(key -> begins(key, event))
        && filters.of("label").stream().allMatch(label -> attribute(label, event));
  }

  private boolean exactly(String key, String value) {
    List<String> wanted = filters.of(key);
    return wanted.isEmpty() || wanted.contains(value);
  }

  private boolean begins(String key, EventView event) {
    List<String> wanted = filters.of(key);
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(text -> event.id().startsWith(text) || event.name().startsWith(text));
  }

  /** Labels are looked for among the attributes, of which there is one. */
  private static boolean attribute(String label, EventView event) {
    return label.equals("name") || label.equals("name=" + event.name());
  }
}
