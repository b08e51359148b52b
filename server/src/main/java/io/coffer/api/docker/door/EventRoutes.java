package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpResponse;
import io.coffer.api.docker.wire.EventFilter;
import io.coffer.api.docker.wire.EventSpan;
import io.coffer.api.docker.wire.Filters;
import io.coffer.core.change.ChangeFeed;
import java.time.InstantSource;
import java.util.List;

/** The events of secrets, as they happen and as far as they are kept. */
final class EventRoutes {
  static final String PATH = "/events";

  private final InstantSource clock;
  private final ChangeFeed feed;
  private final String folderId;

  EventRoutes(InstantSource clock, ChangeFeed feed, String folderId) {
    this.clock = clock;
    this.feed = feed;
    this.folderId = folderId;
  }

  List<Route> all() {
    return List.of(Route.get(PATH, Route.Handler.now(this::events)));
  }

  private HttpResponse events(Asked asked) {
    EventSpan span = EventSpan.of(asked.query().first("since"), asked.query().first("until"));
    EventFilter filter = new EventFilter(Filters.parse(asked.query().first("filters")));
    return new EventStream(asked, folderId, span, filter).open(feed, clock.instant());
  }
}
