package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes a caller of what a request shows, for every door, and keeps out who asks too often. The
 * {@code Authorization} header counts, and alone: it was put into this request, and who sends one
 * that is not believed must not go on as somebody else. Without one the certificate counts that was
 * shown in the handshake.
 *
 * <p>Where too many keys were wrong, keys are not looked at for a while. Tokens are, since that
 * costs less than it would to remember them: a good one always gets in, and one that was good and
 * is not any more always hears that it is not, which is when clients get themselves another.
 */
public final class Gate {
  private final Bearer bearer;
  private final Failures failures;
  private final Rates rates;

  public Gate(Bearer bearer, Failures failures, Rates rates) {
    this.bearer = bearer;
    this.failures = failures;
    this.rates = rates;
  }

  /**
   * Who makes this call; throws {@link Problem.Unauthenticated} if nobody is believed and {@link
   * Problem.TooMany} if it is one too many.
   */
  public Caller admit(Credentials shown, Call call) {
    Caller caller = believe(shown, call);
    rates.count(caller);
    return caller;
  }

  /** As above, for a call that is under way already and counts no more. */
  public Caller believe(Credentials shown, Call call) {
    return shown.authorization().isPresent()
        ? byHeader(shown.authorization().get(), call)
        : TlsCallers.of(shown.session(), call.at())
            .orElseGet(() -> bearer.believe(shown.authorization(), call.at()));
  }

  private Caller byHeader(String header, Call call) {
    String keyId = Bearer.claimed(header);
    if (!keyId.isEmpty()) {
      failures.require(call, keyId);
    }
    Caller caller;
    try {
      caller = bearer.believe(Optional.of(header), call.at());
    } catch (CofferException refusal) {
      if (refusal.problem() instanceof Problem.Unauthenticated && !bearer.isOurToken(header)) {
        failures.require(call, keyId);
        failures.failed(call, keyId);
      }
      throw refusal;
    }
    if (!keyId.isEmpty()) {
      failures.believed(call, keyId);
    }
    return caller;
  }

  /**
   * Fails with {@code refusal}, and if it is of this gate only once it is on record.
   *
   * @param asked what the call wanted, in the words of its door
   */
  public <A> CompletionStage<A> refuse(Call call, String asked, CofferException refusal) {
    return refusal.problem() instanceof Problem.Unauthenticated
            || refusal.problem() instanceof Problem.TooMany
        ? bearer.refuse(call, asked, refusal)
        : CompletableFuture.failedStage(refusal);
  }
}
