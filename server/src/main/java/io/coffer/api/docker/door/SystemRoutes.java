package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import io.coffer.api.docker.wire.EngineView;
import io.coffer.api.docker.wire.Filters;
import io.coffer.api.docker.wire.SecretErrors;
import io.coffer.api.docker.wire.SystemErrors;
import io.coffer.api.docker.wire.SystemJson;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What a client asks an engine about itself and its swarm, which is this one node. */
final class SystemRoutes {
  private static final Set<String> NODE_FILTERS =
      Set.of("id", "label", "membership", "name", "node.label", "role");

  private final InstantSource clock;
  private final EngineView engine;

  SystemRoutes(InstantSource clock, EngineView engine) {
    this.clock = clock;
    this.engine = engine;
  }

  List<Route> all() {
    Route.Handler ping = Route.Handler.now(asked -> DockerAnswer.ping(asked.is(HttpMethod.HEAD)));
    Route.Handler member =
        Route.Handler.now(_ -> {
          throw SecretErrors.alreadyInASwarm();
        });
    return List.of(
        Route.get("/_ping", ping).forAnybody(),
        Route.of(HttpMethod.HEAD, "/_ping", ping).forAnybody(),
        Route.get("/version", Route.Handler.now(_ -> json(SystemJson.version(engine)))),
        Route.get("/info", Route.Handler.now(this::info)),
        Route.get("/swarm", Route.Handler.now(_ -> json(SystemJson.swarm(engine)))),
        Route.get("/swarm/unlockkey", Route.Handler.now(_ -> json(SystemJson.unlockKey()))),
        Route.post("/swarm/init", member),
        Route.post("/swarm/join", member),
        Route.post(
            "/swarm/unlock",
            Route.Handler.now(_ -> {
              throw SystemErrors.notLocked();
            })),
        Route.get("/nodes", Route.Handler.now(this::nodes)),
        Route.get("/nodes/{id}", Route.Handler.now(this::node)),
        Route.delete("/nodes/{id}", Route.Handler.now(this::unchangeable)),
        Route.post("/nodes/{id}/update", Route.Handler.now(this::unchangeable)));
  }

  private HttpResponse info(Asked asked) {
    return json(SystemJson.info(engine, asked.version(), clock.instant()));
  }

  private HttpResponse nodes(Asked asked) {
    Filters filters = Filters.parse(asked.query().first("filters"));
    filters.requireKeys(NODE_FILTERS);
    return json(SystemJson.nodes(engine, isShown(filters)));
  }

  /** Our node has no labels, and is a manager that was accepted. */
  private boolean isShown(Filters filters) {
    List<String> ids = filters.of("id");
    List<String> names = filters.of("name");
    boolean named =
        (ids.isEmpty() && names.isEmpty())
            || ids.stream().anyMatch(engine.nodeId()::startsWith)
            || names.stream().anyMatch(engine.name()::startsWith);
    return named
        && (filters.of("role").isEmpty() || filters.of("role").contains("manager"))
        && (filters.of("membership").isEmpty() || filters.of("membership").contains("accepted"))
        && filters.of("label").isEmpty()
        && filters.of("node.label").isEmpty();
  }

  private HttpResponse node(Asked asked) {
    requireOurs(asked.reference());
    return json(SystemJson.node(engine));
  }

  private HttpResponse unchangeable(Asked asked) {
    requireOurs(asked.reference());
    throw SystemErrors.notCoffers();
  }

  private void requireOurs(String reference) {
    if (!engine.nodeId().startsWith(reference) && !engine.name().equals(reference)) {
      throw SystemErrors.notFound("node", reference);
    }
  }

  private static HttpResponse json(byte[] page) {
    return DockerAnswer.json(200, page);
  }
}
