package io.coffer.api.rpc;

import com.linecorp.armeria.common.HttpResponseWriter;
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

  /**
   * Ends an answer that nobody reads, at once, and so that the client sees that it is not whole.
   */
  public static void cutOff(ServiceRequestContext ctx, HttpResponseWriter out) {
    out.abort();
    if (!ctx.sessionProtocol().isMultiplex()) {
      // What is written and not taken would hold back a polite end for as long as nobody reads.
      var _ = of(ctx).close();
    }
  }
}
