package io.coffer.auth;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.FederatedCredential;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.workload.Federation;
import io.coffer.core.workload.FederationRows;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Gives an account's token for one of an issuer that a federation names, if the account has a
 * credential for the federation and the token's subject. Exchanges and refused ones are on record.
 *
 * <p>What is wrong with a token by itself is told. Everything that depends on what is here is
 * refused in one and the same words, which say nothing about accounts and federations; the record
 * says what it was.
 */
public final class Exchanges {
  /** Federations of one issuer, looked at for one exchange. */
  static final int CANDIDATES_MAX = 8;

  private static final int RECORDED_MAX = 256;
  private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9a-z]{3,50}");

  private final Engine engine;
  private final Witness witness;
  private final IamTokens tokens;
  private final IssuerKeys keys;
  private final Failures failures;

  public Exchanges(
      Engine engine, Witness witness, IamTokens tokens, IssuerKeys keys, Failures failures) {
    this.engine = engine;
    this.witness = witness;
    this.tokens = tokens;
    this.keys = keys;
    this.failures = failures;
  }

  /** What would let the token in if it is the issuer's. */
  private record Candidate(Federation federation, FederatedCredential credential) {}

  /**
   * A token of the account; fails with {@link Problem.Unauthenticated}, and after too many of those
   * with {@link Problem.TooMany}.
   *
   * @param accountId that is wanted
   * @param subjectToken of the other issuer, in compact form
   */
  public CompletionStage<IamTokens.Issued> exchange(
      Call call, String accountId, String subjectToken) {
    Event asked = Event.of(Action.CREATE_IAM_TOKEN);
    String claimed = ACCOUNT_ID.matcher(accountId).matches() ? accountId : "";
    if (!claimed.isEmpty()) {
      asked = asked.with(Event.word("service_account_id", claimed));
    }
    WorkloadToken token;
    try {
      failures.require(call, claimed);
      token = WorkloadToken.parse(subjectToken);
      asked =
          asked
              .with(Event.word("issuer", cut(token.issuer())))
              .with(Event.word("external_subject_id", cut(token.subject())));
      token.requireTimely(call.at());
    } catch (CofferException e) {
      if (e.problem() instanceof Problem.Unauthenticated) {
        failures.failed(call, claimed);
      }
      return refuse(call, asked, e, e);
    }
    return judge(call, accountId, token, asked);
  }

  private static String cut(String text) {
    return text.length() > RECORDED_MAX ? text.substring(0, RECORDED_MAX) : text;
  }

  private CompletionStage<IamTokens.Issued> judge(
      Call call, String accountId, WorkloadToken token, Event asked) {
    return CompletableFuture.completedStage(token)
        .thenApply(one -> engine.read(tx -> candidates(tx, call, accountId, one)))
        .thenCompose(candidates -> believed(call, token, candidates, 0))
        .thenCompose(
            candidate -> engine.<IamTokens.Claims>write(tx -> granted(tx, call, candidate, token)))
        // After it: a body may run twice, and must not draw.
        .thenApply(claims -> {
          failures.believed(call, accountId);
          return tokens.issue(claims.value());
        })
        .exceptionallyCompose(trouble -> {
          Throwable cause = Verbs.cause(trouble);
          if (!(cause instanceof CofferException refusal)
              || !(refusal.problem() instanceof Problem.Unauthenticated)) {
            return CompletableFuture.failedStage(cause);
          }
          failures.failed(call, ACCOUNT_ID.matcher(accountId).matches() ? accountId : "");
          return refuse(call, asked, refusal, notAccepted());
        });
  }

  private static CofferException notAccepted() {
    return new Problem.Unauthenticated("the subject token is not accepted for this audience")
        .asException();
  }

  private CompletionStage<IamTokens.Issued> refuse(
      Call call, Event asked, CofferException reason, CofferException told) {
    return witness.refuse(
        call,
        reason.problem() instanceof Problem.Unauthenticated(var words)
            ? asked.with(Event.word("reason", words))
            : asked,
        told);
  }

  /** Everything but whether the issuer signed it, so that nobody is asked for keys in vain. */
  private static List<Candidate> candidates(
      ReadTx tx, Call call, String accountId, WorkloadToken token) {
    requireStanding(tx, call, accountId);
    List<Candidate> all = new ArrayList<>();
    for (FederatedCredential credential : Accounts.credentials(tx, accountId)) {
      FederationRows.find(tx, credential.federationId())
          .filter(Federation::enabled)
          .filter(federation -> federation.issuer().equals(token.issuer()))
          .ifPresent(federation -> all.add(new Candidate(federation, credential)));
    }
    if (all.isEmpty()) {
      throw WorkloadToken.refused("no enabled federation of the account is of this issuer");
    }
    all.removeIf(candidate -> !token.isFor(candidate.federation().audiences()));
    if (all.isEmpty()) {
      throw WorkloadToken.refused("aud is no audience of the federation");
    }
    all.removeIf(candidate -> !candidate.credential().isFor(token.subject()));
    if (all.isEmpty()) {
      throw WorkloadToken.refused("no credential is for this sub");
    }
    List<Candidate> ofEachFederationOne = new ArrayList<>();
    for (Candidate candidate : all) {
      if (ofEachFederationOne.stream()
          .noneMatch(other -> other.federation().equals(candidate.federation()))) {
        ofEachFederationOne.add(candidate);
      }
    }
    return ofEachFederationOne.subList(0, Math.min(CANDIDATES_MAX, ofEachFederationOne.size()));
  }

  private static ServiceAccount requireStanding(ReadTx tx, Call call, String accountId) {
    return Accounts.account(tx, accountId)
        .filter(account -> account.standsAt(call.at()))
        .orElseThrow(() -> WorkloadToken.refused("the account is not there, suspended or expired"));
  }

  /** The first candidate whose issuer signed the token. */
  private CompletionStage<Candidate> believed(
      Call call, WorkloadToken token, List<Candidate> candidates, int next) {
    Candidate candidate = candidates.get(next);
    return keys.keys(candidate.federation(), token.keyId(), call.at())
        .thenCompose(known -> {
          if (known.map(token::signedBy).orElse(false)) {
            return CompletableFuture.completedStage(candidate);
          }
          return next + 1 < candidates.size()
              ? believed(call, token, candidates, next + 1)
              : CompletableFuture.failedStage(why(known, token));
        });
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // As it was answered.
  private static RuntimeException why(Optional<IssuerKeySet> known, WorkloadToken token) {
    if (known.isEmpty()) {
      return WorkloadToken.refused("the keys of the issuer are not to be had");
    }
    return known.get().has(token.keyId())
        ? WorkloadToken.refused("the signature does not fit the issuer's key")
        : WorkloadToken.refused("kid is no key of the issuer");
  }

  private IamTokens.Claims granted(
      WriteTx tx, Call call, Candidate candidate, WorkloadToken token) {
    FederatedCredential credential = candidate.credential();
    if (!Accounts.credential(tx, credential.id()).equals(Optional.of(credential))
        || !FederationRows.find(tx, credential.federationId())
            .equals(Optional.of(candidate.federation()))) {
      throw WorkloadToken.refused("credential or federation was changed meanwhile");
    }
    ServiceAccount account = requireStanding(tx, call, credential.serviceAccountId());
    Call believed = call.by(new Caller(account.subject(), account.name(), Caller.Via.FEDERATION));
    witness.saw(
        tx,
        believed,
        Event.of(
            Action.CREATE_IAM_TOKEN,
            Event.word("service_account_id", account.id()),
            Event.word("federation_id", credential.federationId()),
            Event.word("federated_credential_id", credential.id()),
            Event.word("issuer", token.issuer()),
            Event.word("external_subject_id", token.subject())));
    return new IamTokens.Claims(
        account.subject(),
        account.name(),
        call.at(),
        call.at().plus(IamTokens.EXCHANGED_LIFE),
        credential.id());
  }
}
