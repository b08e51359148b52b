package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import java.util.concurrent.CompletionStage;

/**
 * Makes a caller of what a request shows, for every door. The {@code Authorization} header counts,
 * and alone: it was put into this request, and who sends one that is not believed must not go on as
 * somebody else. Without one the certificate counts that was shown in the handshake.
 */
public final class Gate {
  private final Bearer bearer;

  public Gate(Bearer bearer) {
    this.bearer = bearer;
  }

  /** Throws {@link Problem.Unauthenticated} if nobody is believed. */
  public Caller admit(Credentials shown, Call call) {
    return shown.authorization().isPresent()
        ? bearer.believe(shown.authorization(), call.at())
        : TlsCallers.of(shown.session(), call.at())
            .orElseGet(() -> bearer.believe(shown.authorization(), call.at()));
  }

  /**
   * Fails with {@code refusal} once it is on record.
   *
   * @param asked what the call wanted, in the words of its door
   */
  public <A> CompletionStage<A> refuse(Call call, String asked, CofferException refusal) {
    return bearer.refuse(call, asked, refusal);
  }
}
