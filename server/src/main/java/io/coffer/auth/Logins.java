package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.iam.Account;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.RevokedTokens;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.iam.ServiceAccounts;
import io.coffer.core.iam.UserAccount;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives a token for a proof of identity. Logins and refused ones are on record. */
public final class Logins {
  private final Engine engine;
  private final Witness witness;
  private final IamTokens tokens;
  private final Audience audience;
  private final ServiceAccounts accounts;
  private final Failures failures;

  public Logins(
      Engine engine,
      Witness witness,
      IamTokens tokens,
      Audience audience,
      ServiceAccounts accounts,
      Failures failures) {
    this.engine = engine;
    this.witness = witness;
    this.tokens = tokens;
    this.audience = audience;
    this.accounts = accounts;
    this.failures = failures;
  }

  /**
   * A token for a JWT that an authorized key signed.
   *
   * @param jwt compact form; what is wrong with it is answered with {@link Problem.Unauthenticated}
   */
  public CompletionStage<IamTokens.Issued> byJwt(Call call, String jwt) {
    try {
      SignedLogin login = parse(call, jwt);
      failures.require(call, login.keyId());
      return engine
          .write(tx -> login(tx, call, login))
          // After it: a body may run twice, and must not draw.
          .thenApply(claims -> {
            failures.believed(call, login.keyId());
            return tokens.issue(claims.value());
          })
          .exceptionallyCompose(trouble -> {
            if (isDisbelief(Verbs.cause(trouble))) {
              failures.failed(call, login.keyId());
            }
            return refuse(call, trouble);
          });
    } catch (CofferException refusal) {
      return refuse(call, refusal);
    }
  }

  /** What cannot be read is of no key. */
  private SignedLogin parse(Call call, String jwt) {
    try {
      return SignedLogin.parse(jwt);
    } catch (CofferException refusal) {
      failures.require(call, "");
      failures.failed(call, "");
      throw refusal;
    }
  }

  private static boolean isDisbelief(Throwable trouble) {
    return trouble instanceof CofferException refusal
        && refusal.problem() instanceof Problem.Unauthenticated;
  }

  /** A token for another account, to a caller who may be it. */
  public CompletionStage<IamTokens.Issued> forAccount(Call call, String accountId) {
    return accounts
        .lend(call, accountId)
        .thenApply(account -> tokens.issue(claims(call, account, "")));
  }

  private static IamTokens.Claims claims(Call call, Account account, String keyId) {
    return new IamTokens.Claims(
        account.subject(), account.name(), call.at(), call.at().plus(IamTokens.LIFE), keyId);
  }

  /**
   * Takes a token back: from the next call on it is refused everywhere. Whoever has it may.
   *
   * @return the id of the subject it spoke for
   */
  public CompletionStage<String> revoke(Call call, String token) {
    IamTokens.Verified verified = requireOurs(call, token);
    String subjectId = verified.claims().subject().id();
    return engine
        .write(tx -> {
          RevokedTokens.put(tx, verified.id(), verified.claims().expiresAt());
          witness.saw(
              tx, call, Event.of(Action.REVOKE_IAM_TOKEN, Event.word("subject_id", subjectId)));
          return subjectId;
        })
        .thenApply(Committed::value);
  }

  private IamTokens.Verified requireOurs(Call call, String token) {
    try {
      return tokens.verify(token, call.at());
    } catch (CofferException e) {
      throw new Problem.Invalid("iam_token", "must be one of this server that has not expired")
          .asException();
    }
  }

  private IamTokens.Claims login(WriteTx tx, Call call, SignedLogin login) {
    AuthorizedKey key =
        Accounts.key(tx, login.keyId())
            .orElseThrow(() -> SignedLogin.refused("the JWT's kid is no authorized key"));
    login.verify(key, audience, call.at());
    Account account =
        Accounts.account(tx, key.account())
            .filter(found -> found.standsAt(call.at()))
            .orElseThrow(
                () -> SignedLogin.refused("the JWT's account is gone, suspended or expired"));
    Call believed = call.by(new Caller(account.subject(), account.name(), Caller.Via.JWT));
    witness.saw(
        tx,
        believed,
        Event.of(
            Action.CREATE_IAM_TOKEN,
            switch (account) {
              case ServiceAccount program -> Event.word("service_account_id", program.id());
              case UserAccount person -> Event.word("user_account_id", person.id());
            },
            Event.word("key_id", key.id())));
    return claims(call, account, key.id());
  }

  private CompletionStage<IamTokens.Issued> refuse(Call call, Throwable trouble) {
    Throwable cause = Verbs.cause(trouble);
    return cause instanceof CofferException refusal
            && (isDisbelief(refusal) || refusal.problem() instanceof Problem.TooMany)
        ? witness.refuse(call, Event.of(Action.CREATE_IAM_TOKEN), refusal)
        : CompletableFuture.failedStage(cause);
  }
}
