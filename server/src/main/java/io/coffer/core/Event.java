package io.coffer.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a verb did, for the audit trail: ids, names of entries and states, never a value.
 *
 * @param path what the resource is in, outermost first
 * @param details in the order of Lockbox's events, under their names
 */
public record Event(Action action, List<Place> path, List<Detail> details) {
  public Event {
    path = List.copyOf(path);
    details = List.copyOf(details);
  }

  /** Of something that is in no folder, or in one that nobody knows. */
  public static Event of(Action action, Detail... details) {
    return new Event(action, List.of(), List.of(details));
  }

  public static Event in(List<Place> path, Action action, Detail... details) {
    return new Event(action, path, List.of(details));
  }

  public Event with(Detail detail) {
    List<Detail> more = new ArrayList<>(details);
    more.add(detail);
    return new Event(action, path, more);
  }

  public Event with(List<Detail> more) {
    List<Detail> all = new ArrayList<>(details);
    all.addAll(more);
    return new Event(action, path, all);
  }

  /** The value of the first detail of that name, empty if there is none of one value. */
  public String wordOf(String name) {
    for (Detail detail : details) {
      if (detail instanceof Detail.Word(var called, var value) && called.equals(name)) {
        return value;
      }
    }
    return "";
  }

  /** A step of the path, as in {@code resource_metadata}. */
  public record Place(String type, String id, String name) {}

  /** One fact of {@code details}. */
  public sealed interface Detail {
    String name();

    record Word(String name, String value) implements Detail {}

    record Words(String name, List<String> values) implements Detail {
      public Words {
        values = List.copyOf(values);
      }
    }
  }

  public static Detail word(String name, String value) {
    return new Detail.Word(name, value);
  }

  public static Detail words(String name, List<String> values) {
    return new Detail.Words(name, values);
  }
}
