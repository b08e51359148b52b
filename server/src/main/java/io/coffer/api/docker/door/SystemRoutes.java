package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import java.time.InstantSource;
import java.util.List;

/** What a client asks an engine about itself. */
final class SystemRoutes {
  private final SystemPages pages;

  SystemRoutes(InstantSource clock, String storeId) {
    this.pages = new SystemPages(clock, storeId);
  }

  List<Route> all() {
    Route.Handler ping = Route.Handler.now(asked -> DockerAnswer.ping(asked.is(HttpMethod.HEAD)));
    return List.of(
        Route.get("/_ping", ping).forAnybody(),
        Route.of(HttpMethod.HEAD, "/_ping", ping).forAnybody(),
        Route.get("/version", Route.Handler.now(_ -> DockerAnswer.json(200, pages.version()))),
        Route.get("/info", Route.Handler.now(_ -> DockerAnswer.json(200, pages.info()))));
  }
}
