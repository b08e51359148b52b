package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import io.coffer.api.docker.wire.SystemErrors;
import java.util.List;

/**
 * The pages an engine has for what Coffer is not for. Who asks for one is told what he has reached;
 * that no other page is one of an engine's he is told as an engine would.
 */
final class ForeignGroups {
  private static final String PAGES =
      """
      HEAD   /containers/{name}/archive
      GET    /containers/json
      GET    /containers/{name}/archive
      GET    /containers/{name}/attach/ws
      GET    /containers/{name}/changes
      GET    /containers/{name}/checkpoints
      GET    /containers/{name}/export
      GET    /containers/{name}/json
      GET    /containers/{name}/logs
      GET    /containers/{name}/stats
      GET    /containers/{name}/top
      POST   /containers/create
      POST   /containers/prune
      POST   /containers/{name}/attach
      POST   /containers/{name}/checkpoints
      POST   /containers/{name}/exec
      POST   /containers/{name}/kill
      POST   /containers/{name}/pause
      POST   /containers/{name}/rename
      POST   /containers/{name}/resize
      POST   /containers/{name}/restart
      POST   /containers/{name}/start
      POST   /containers/{name}/stop
      POST   /containers/{name}/unpause
      POST   /containers/{name}/update
      POST   /containers/{name}/wait
      PUT    /containers/{name}/archive
      DELETE /containers/{name}
      DELETE /containers/{name}/checkpoints/{checkpoint}
      GET    /exec/{id}/json
      POST   /exec/{id}/resize
      POST   /exec/{id}/start
      POST   /commit
      GET    /images/get
      GET    /images/json
      GET    /images/search
      GET    /images/{name*}/get
      GET    /images/{name*}/history
      GET    /images/{name*}/json
      POST   /images/create
      POST   /images/load
      POST   /images/prune
      POST   /images/{name*}/push
      POST   /images/{name*}/tag
      DELETE /images/{name*}
      GET    /distribution/{name*}/json
      POST   /build
      POST   /build/cancel
      POST   /build/prune
      POST   /session
      POST   /grpc
      POST   /auth
      GET    /system/df
      POST   /networks/create
      POST   /networks/prune
      POST   /volumes/create
      POST   /volumes/prune
      POST   /services/create
      POST   /configs/create
      GET    /plugins/privileges
      POST   /plugins/create
      POST   /plugins/pull
      POST   /swarm/leave
      POST   /swarm/update
      """;

  private ForeignGroups() {}

  static List<Route> all() {
    Route.Handler refusal =
        Route.Handler.now(_ -> {
          throw SystemErrors.notCoffers();
        });
    return PAGES
        .lines()
        .map(line -> line.split(" +", 2))
        .map(words -> Route.of(HttpMethod.valueOf(words[0]), words[1], refusal))
        .toList();
  }
}
