package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.core.Witness;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.ApiKeySecret;
import io.coffer.core.iam.RevokedTokens;
import io.coffer.crypto.Same;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads an {@code Authorization} header, {@code Bearer} and an IAM token or {@code Api-Key} and an
 * API key, and has those written down that were not believed. A token is refused from the next call
 * on that was revoked, whose account is gone, suspended or expired, or whose key or federated
 * credential is gone or of a federation that is disabled: all are looked up for each. So are an API
 * key and its account.
 */
public final class Bearer {
  private static final String SCHEME = "Bearer ";
  private static final String API_KEY = "Api-Key ";

  private final Engine engine;
  private final IamTokens tokens;
  private final Witness witness;

  public Bearer(Engine engine, IamTokens tokens, Witness witness) {
    this.engine = engine;
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
    if (has(API_KEY, value)) {
      return byApiKey(value.substring(API_KEY.length()).strip(), now);
    }
    if (!has(SCHEME, value)) {
      throw new Problem.Unauthenticated(
              "The authorization header must be Bearer and an IAM token, or Api-Key and an API"
                  + " key.")
          .asException();
    }
    return byToken(value.substring(SCHEME.length()).strip(), now);
  }

  /**
   * The key that the header claims to have, as far as it can be told without looking; empty if it
   * names none.
   */
  static String claimed(String header) {
    return has(API_KEY, header)
        ? ApiKeySecret.parse(header.substring(API_KEY.length()).strip())
            .map(ApiKeySecret.Claimed::keyId)
            .orElse("")
        : "";
  }

  /** Whether it is a token that this server made, which may have ended since. */
  boolean isOurToken(String header) {
    return has(SCHEME, header)
        && tokens.genuine(header.substring(SCHEME.length()).strip()).isPresent();
  }

  private static boolean has(String scheme, String value) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private Caller byApiKey(String sent, Instant now) {
    return ApiKeySecret.parse(sent)
        .flatMap(claimed -> engine.read(tx -> known(tx, claimed, now)))
        .orElseThrow(
            () -> new Problem.Unauthenticated("API key is invalid or has expired.").asException());
  }

  private static Optional<Caller> known(ReadTx tx, ApiKeySecret.Claimed claimed, Instant now) {
    return Accounts.apiKey(tx, claimed.keyId())
        .filter(key -> Same.inConstantTime(key.digest(), claimed.digest()) && key.standsAt(now))
        .flatMap(key ->
            Accounts.account(tx, key.serviceAccountId())
                .filter(account -> account.standsAt(now))
                .map(account ->
                    new Caller(
                        account.subject(), account.name(), Caller.Via.API_KEY, key.scopes())));
  }

  private Caller byToken(String sent, Instant now) {
    IamTokens.Verified token = tokens.verify(sent, now);
    boolean stands = engine.read(tx -> stands(tx, token, now));
    if (!stands) {
      throw IamTokens.refused();
    }
    return token.caller();
  }

  private static boolean stands(ReadTx tx, IamTokens.Verified token, Instant now) {
    IamTokens.Claims claims = token.claims();
    return !RevokedTokens.contains(tx, token.id())
        && stands(tx, claims.subject(), now)
        && (claims.keyId().isEmpty() || Accounts.keyStands(tx, claims.keyId()));
  }

  private static boolean stands(ReadTx tx, Subject subject, Instant now) {
    return switch (subject.type()) {
      case SERVICE_ACCOUNT, USER_ACCOUNT ->
          Accounts.account(tx, subject).map(account -> account.standsAt(now)).orElse(false);
      case FEDERATED_USER, GROUP, SYSTEM, CERTIFICATE -> true;
    };
  }

  /**
   * Fails with {@code refusal} once it is on record.
   *
   * @param asked what the call wanted, in the words of its door
   */
  public <A> CompletionStage<A> refuse(Call call, String asked, CofferException refusal) {
    return witness.refuse(
        call, Event.of(Action.AUTHENTICATE, Event.word("method", asked)), refusal);
  }
}
