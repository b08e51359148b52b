package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Witness;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads an {@code Authorization} header, {@code Bearer} and an IAM token, and has those written
 * down that were not believed.
 */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private final IamTokens tokens;
  private final Witness witness;

  public Bearer(IamTokens tokens, Witness witness) {
    this.tokens = tokens;
    this.witness = witness;
  }

  /**
   * The caller the header speaks for; throws {@link Problem.Unauthenticated}.
   *
   * @param header its value, empty if there was none
   */
  public Caller believe(Optional<String> header, Instant now) {
    String value =
        header.orElseThrow(() ->
            new Problem.Unauthenticated("The authorization header is missing.").asException());
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Problem.Unauthenticated("The authorization header must be Bearer and an IAM token.")
          .asException();
    }
    return tokens.believe(value.substring(SCHEME.length()).strip(), now);
  }

  /**
   * Fails with {@code refusal} once it is on record.
   *
   * @param asked what the call wanted, in the words of its door
   */
  public <A> CompletionStage<A> refuse(
      Call call, String asked, CofferException refusal, Problem.Unauthenticated problem) {
    return witness
        .refused(call, Event.of(Action.AUTHENTICATE, Event.word("method", asked)), problem)
        .thenCompose(_ -> CompletableFuture.failedStage(refusal));
  }
}
