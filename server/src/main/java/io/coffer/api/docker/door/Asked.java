package io.coffer.api.docker.door;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.ApiVersion;
import io.coffer.api.docker.wire.QueryString;
import io.coffer.api.docker.wire.VersionedPath;
import io.coffer.core.Call;
import java.util.List;

/**
 * A request with its body.
 *
 * @param named what stands at the names of the route's path, in their order
 */
record Asked(
    ServiceRequestContext ctx,
    Call call,
    VersionedPath at,
    QueryString query,
    AggregatedHttpRequest whole,
    List<String> named) {
  Asked {
    named = List.copyOf(named);
  }

  boolean is(HttpMethod method) {
    return whole.method() == method;
  }

  ApiVersion version() {
    return at.version();
  }

  /** What the route's path calls by its first name, an id or a name mostly. */
  String reference() {
    return named.getFirst();
  }

  Asked by(Call believed) {
    return new Asked(ctx, believed, at, query, whole, named);
  }
}
