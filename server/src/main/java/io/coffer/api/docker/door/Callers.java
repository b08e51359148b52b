package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import io.coffer.auth.Bearer;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import java.util.Optional;

/** Who comes through a door. */
public sealed interface Callers {
  /** Whoever could open the door, as a Unix socket's mode decides. */
  record Same(Caller caller) implements Callers {}

  /** Who the bearer token says, which clients send from the headers they are configured with. */
  record ByToken(Bearer bearer) implements Callers {}

  /** Throws {@code Unauthenticated} if nobody is believed. */
  default Caller of(Call call, RequestHeaders headers) {
    return switch (this) {
      case Same(var caller) -> caller;
      case ByToken(var bearer) ->
          bearer.believe(
              Optional.ofNullable(headers.get(HttpHeaderNames.AUTHORIZATION)), call.at());
    };
  }
}
