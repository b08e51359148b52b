package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.auth.Bearer;
import io.coffer.auth.TlsCallers;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import java.util.Optional;

/** Who comes through a door. */
public sealed interface Callers {
  /** Whoever could open the door, as a Unix socket's mode decides. */
  record Same(Caller caller) implements Callers {}

  /** Who the bearer token says, which clients send from the headers they are configured with. */
  record ByToken(Bearer bearer) implements Callers {}

  /**
   * Who the client's certificate says, or the bearer token. The token counts if both are there, and
   * alone: it was put into this request, and who sends one that is not believed must not go on as
   * somebody else.
   */
  record ByCertificate(Bearer bearer) implements Callers {}

  /** Throws {@code Unauthenticated} if nobody is believed. */
  default Caller of(Call call, ServiceRequestContext ctx) {
    Optional<String> authorization =
        Optional.ofNullable(ctx.request().headers().get(HttpHeaderNames.AUTHORIZATION));
    return switch (this) {
      case Same(var caller) -> caller;
      case ByToken(var bearer) -> bearer.believe(authorization, call.at());
      case ByCertificate(var bearer) when authorization.isPresent() ->
          bearer.believe(authorization, call.at());
      case ByCertificate(var bearer) ->
          TlsCallers.of(ctx.sslSession(), call.at())
              .orElseGet(() -> bearer.believe(authorization, call.at()));
    };
  }

  /** What writes down who was not believed; a door whose callers are known has no need of it. */
  default Optional<Bearer> refusals() {
    return switch (this) {
      case Same _ -> Optional.empty();
      case ByToken(var bearer) -> Optional.of(bearer);
      case ByCertificate(var bearer) -> Optional.of(bearer);
    };
  }
}
