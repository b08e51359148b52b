package io.coffer.api.docker.door;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;

/** The connection a request came over. */
final class Connections {
  private Connections() {}

  static Channel of(ServiceRequestContext ctx) {
    Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    if (channel == null) {
      throw new AssertionError("a request that came over nothing");
    }
    return channel;
  }
}
