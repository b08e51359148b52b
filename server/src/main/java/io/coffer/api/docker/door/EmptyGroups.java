package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.Filters;
import io.coffer.api.docker.wire.SystemErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a swarm has besides secrets and there is none of here. Clients list it on their way to
 * secrets: lists are empty, with their filters checked all the same, and no single one is found.
 */
final class EmptyGroups {
  private static final String LIST = "[]\n";
  private static final String VOLUMES = "{\"Volumes\":[],\"Warnings\":null}\n";

  private final List<Route> routes = new ArrayList<>();

  private EmptyGroups() {}

  static List<Route> all() {
    EmptyGroups groups = new EmptyGroups();
    groups.services();
    groups.tasks();
    groups.configs();
    groups.networks();
    groups.volumes();
    groups.plugins();
    return groups.routes;
  }

  private void services() {
    list("/services", Set.of("name", "id", "label", "mode", "runtime"), LIST);
    Function<String, DockerError> none = name -> SystemErrors.notFound("service", name);
    missing(HttpMethod.GET, "/services/{id}", none);
    missing(HttpMethod.DELETE, "/services/{id}", none);
    missing(HttpMethod.POST, "/services/{id}/update", none);
    missing(HttpMethod.GET, "/services/{id}/logs", none);
  }

  private void tasks() {
    list(
        "/tasks",
        Set.of("name", "id", "label", "service", "node", "desired-state", "runtime", "_up-to-date"),
        LIST);
    Function<String, DockerError> none = id -> SystemErrors.notFound("task", id);
    missing(HttpMethod.GET, "/tasks/{id}", none);
    missing(HttpMethod.GET, "/tasks/{id}/logs", none);
  }

  private void configs() {
    list("/configs", Set.of("name", "id", "label"), LIST);
    Function<String, DockerError> none = name -> SystemErrors.notFound("config", name);
    missing(HttpMethod.GET, "/configs/{id}", none);
    missing(HttpMethod.DELETE, "/configs/{id}", none);
    missing(HttpMethod.POST, "/configs/{id}/update", none);
  }

  private void networks() {
    list("/networks", Set.of("dangling", "driver", "id", "label", "name", "scope", "type"), LIST);
    Function<String, DockerError> none = name -> SystemErrors.notFound("network", name);
    missing(HttpMethod.GET, "/networks/{id*}", none);
    missing(HttpMethod.DELETE, "/networks/{id}", none);
    missing(HttpMethod.POST, "/networks/{id}/connect", none);
    missing(HttpMethod.POST, "/networks/{id}/disconnect", none);
  }

  private void volumes() {
    list("/volumes", Set.of("dangling", "name", "driver", "label"), VOLUMES);
    missing(HttpMethod.GET, "/volumes/{name*}", SystemErrors::noSuchVolume);
    missing(HttpMethod.PUT, "/volumes/{name*}", SystemErrors::noSuchVolume);
    missing(HttpMethod.DELETE, "/volumes/{name*}", SystemErrors::noSuchVolume);
  }

  private void plugins() {
    list("/plugins", Set.of("enabled", "capability"), LIST);
    missing(HttpMethod.GET, "/plugins/{name*}/json", SystemErrors::noSuchPlugin);
    missing(HttpMethod.DELETE, "/plugins/{name*}", SystemErrors::noSuchPlugin);
    for (String verb : List.of("enable", "disable", "push", "upgrade", "set")) {
      missing(HttpMethod.POST, "/plugins/{name*}/" + verb, SystemErrors::noSuchPlugin);
    }
  }

  private void list(String path, Set<String> filterKeys, String body) {
    byte[] json = body.getBytes(StandardCharsets.US_ASCII);
    routes.add(
        Route.get(
            path,
            Route.Handler.now(asked -> {
              Filters.parse(asked.query().first("filters")).requireKeys(filterKeys);
              return DockerAnswer.json(200, json);
            })));
  }

  private void missing(HttpMethod method, String path, Function<String, DockerError> none) {
    routes.add(
        Route.of(
            method,
            path,
            Route.Handler.now(asked -> {
              throw none.apply(asked.reference());
            })));
  }
}
