package io.coffer.server;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.function.Function;

/**
 * Stands before the doors of every listener and decides which they are: those of an open store or
 * those of a sealed one. What a call came in by serves it to its end. When the doors of now let
 * nobody in any more, calls are told that the server is stopping, also on connections that are open
 * already.
 */
final class Entrance implements DecoratingHttpServiceFunction {
  private static final AttributeKey<Doors> CAME_IN_BY =
      AttributeKey.valueOf(Entrance.class, "DOORS");

  private volatile Hall hall;

  /** Doors, and who came in by them. */
  private static final class Hall {
    private final Doors doors;
    private final Drain drain;

    Hall(Doors doors, Drain drain) {
      this.doors = doors;
      this.drain = drain;
    }
  }

  Entrance(Doors doors, Drain drain) {
    this.hall = new Hall(doors, drain);
  }

  /** From now on calls come in by {@code doors}; returns the drain of those before. */
  synchronized Drain lead(Doors doors, Drain drain) {
    Drain before = hall.drain;
    hall = new Hall(doors, drain);
    return before;
  }

  /** Of the calls that come in now. */
  Drain drain() {
    return hall.drain;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    Hall entered = hall;
    while (!entered.drain.enter(ctx)) {
      Hall now = hall;
      if (now.equals(entered)) {
        throw HttpStatusException.of(HttpStatus.SERVICE_UNAVAILABLE);
      }
      entered = now;
    }
    ctx.setAttr(CAME_IN_BY, entered.doors);
    return delegate.serve(ctx, req);
  }

  /** What a listener serves whose calls come in here. */
  HttpService door(Function<Doors, HttpService> which) {
    return new HttpService() {
      @Override
      public ExchangeType exchangeType(RoutingContext routing) {
        return which.apply(hall.doors).exchangeType(routing);
      }

      @Override
      public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
        Doors doors = ctx.attr(CAME_IN_BY);
        if (doors == null) {
          throw new AssertionError("a call that did not come in");
        }
        return which.apply(doors).serve(ctx, req);
      }
    };
  }
}
