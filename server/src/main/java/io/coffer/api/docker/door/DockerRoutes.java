package io.coffer.api.docker.door;

import io.coffer.api.docker.wire.EngineView;
import io.coffer.core.change.ChangeFeed;
import io.coffer.core.secret.DockerSecrets;
import io.coffer.core.secret.Secrets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Every page of the door, group by group. */
public final class DockerRoutes {
  private final Router router;

  public DockerRoutes(
      InstantSource clock,
      EngineView engine,
      Secrets secrets,
      DockerSecrets dockerSecrets,
      ChangeFeed feed) {
    this.router =
        new Router(
            Stream.of(
                    new SystemRoutes(clock, engine).all(),
                    new SecretRoutes(secrets, dockerSecrets).all(),
                    new EventRoutes(clock, feed, dockerSecrets.folderId()).all(),
                    ForeignGroups.all(),
                    EmptyGroups.all())
                .flatMap(List::stream)
                .toList());
  }

  Router router() {
    return router;
  }
}
