package io.coffer.api.rpc;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;

/** The connection a request came over. */
public final class Connections {
  private Connections() {}

  public static Channel of(ServiceRequestContext ctx) {
    Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    if (channel == null) {
      throw new AssertionError("a request that came over nothing");
    }
    return channel;
  }
}
