package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request: the first that fits, by the first part of its path. */
final class Router {
  private final Map<String, List<Route>> byFirstPart = new HashMap<>();

  Router(List<Route> routes) {
    for (Route route : routes) {
      byFirstPart
          .computeIfAbsent(route.path().parts().getFirst(), _ -> new ArrayList<>())
          .add(route);
    }
  }

  /**
   * A route, and what the request has at the names of its path.
   *
   * @param named in the order of the names
   */
  record Found(Route route, List<String> named) {
    Found {
      named = List.copyOf(named);
    }
  }

  /**
   * The route of a request, if there is one.
   *
   * @param path decoded, without the version
   */
  Optional<Found> find(HttpMethod method, String path) {
    List<String> parts = PathPattern.split(path);
    for (Route route : byFirstPart.getOrDefault(parts.getFirst(), List.of())) {
      if (route.method() == method) {
        Optional<List<String>> named = route.path().match(parts);
        if (named.isPresent()) {
          return Optional.of(new Found(route, named.get()));
        }
      }
    }
    return Optional.empty();
  }
}
