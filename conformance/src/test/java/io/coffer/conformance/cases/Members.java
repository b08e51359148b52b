package io.coffer.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of a case. A member nobody knows is refused: a case must not pass
 * because half of it was overlooked.
 */
public record Members(JsonNode object) {
  /** Throws {@link Mismatch} if {@code object} has a member that is not in {@code known}. */
  public static Members of(JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new Mismatch("unknown member " + name + " in " + Mismatch.quote(object));
          }
        });
    return new Members(object);
  }

  public boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** The value of a member, which may be JSON null, or null if it is not there. */
  public @Nullable JsonNode value(String name) {
    return object.get(name);
  }

  public String text(String name) {
    if (!object.path(name).isTextual()) {
      throw new Mismatch("no text " + name + " in " + Mismatch.quote(object));
    }
    return object.path(name).textValue();
  }

  public @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  public boolean flag(String name) {
    return object.path(name).asBoolean(false);
  }

  public int number(String name) {
    if (!object.path(name).isInt()) {
      throw new Mismatch("no number " + name + " in " + Mismatch.quote(object));
    }
    return object.path(name).intValue();
  }

  /** The elements of an array, none if it is absent. */
  public <T> List<T> list(String name, Function<JsonNode, T> reader) {
    List<T> list = new ArrayList<>();
    object.path(name).forEach(element -> list.add(reader.apply(element)));
    return List.copyOf(list);
  }

  /** The members of an object in order, none if it is absent. */
  public Map<String, JsonNode> map(String name) {
    Map<String, JsonNode> map = new LinkedHashMap<>();
    object.path(name).properties().forEach(member -> map.put(member.getKey(), member.getValue()));
    return Collections.unmodifiableMap(map);
  }

  /** The members of an object whose values are text or null. */
  public Map<String, @Nullable String> texts(String name) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    map(name).forEach((key, value) -> texts.put(key, value.isNull() ? null : value.textValue()));
    return Collections.unmodifiableMap(texts);
  }
}
