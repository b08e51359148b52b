package io.coffer.api.docker.door;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Requests;
import io.coffer.auth.Gate;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import java.util.Optional;

/** Who comes through a door. */
public sealed interface Callers {
  /** Whoever could open the door, as a Unix socket's mode decides. */
  record Same(Caller caller) implements Callers {}

  /**
   * Who the headers say that clients are configured to send, or over TLS the client's certificate.
   */
  record Shown(Gate gate) implements Callers {}

  /** Throws {@code Unauthenticated} if nobody is believed. */
  default Caller of(Call call, ServiceRequestContext ctx) {
    return switch (this) {
      case Same(var caller) -> caller;
      case Shown(var gate) -> gate.admit(Requests.credentials(ctx), call);
    };
  }

  /** What writes down who was not believed; a door whose callers are known has no need of it. */
  default Optional<Gate> refusals() {
    return switch (this) {
      case Same _ -> Optional.empty();
      case Shown(var gate) -> Optional.of(gate);
    };
  }
}
