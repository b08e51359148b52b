package io.coffer.core.explain;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Decision;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.binding.Bound;
import io.coffer.core.binding.Place;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.ApiKey;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.secret.Secrets;
import io.coffer.engine.ReadTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Tells why somebody may do something or may not, to whoever may list the bindings of what it is
 * about. Of bindings on what holds it he is told those that he may list.
 */
public final class Explanations {
  private static final Set<Permission> OF_KEYS =
      EnumSet.of(Permission.KEYS_ENCRYPT, Permission.KEYS_DECRYPT);
  private static final Set<Verb> OF_THE_FIRST_CLOUD =
      EnumSet.of(Verb.CLOUD_CREATE, Verb.CERTIFICATE_CREATE);
  private static final String API_KEY = "apiKey";

  private final Verbs verbs;
  private final String cloudId;
  private final String dockerFolderId;

  /**
   * Of one store.
   *
   * @param cloudId of the first start, on which it is decided who may make another
   * @param dockerFolderId what the Docker door shows
   */
  public Explanations(Verbs verbs, String cloudId, String dockerFolderId) {
    this.verbs = verbs;
    this.cloudId = cloudId;
    this.dockerFolderId = dockerFolderId;
  }

  /**
   * Explains.
   *
   * @param subject as {@code serviceAccount:aje…}, or {@code apiKey:aje…} for the account with that
   *     key and its scopes
   * @param verb as {@link Verb#parse} reads it
   * @param resource as {@code secret:e6q…}, or an id
   */
  public CompletionStage<Explanation> explain(
      Call call, String subject, String verb, String resource) {
    Verb asked = Verb.parse(verb);
    Event event =
        Event.of(
            Action.EXPLAIN_ACCESS,
            Event.word("subject", subject),
            Event.word("verb", asked.id()),
            Event.word("resource", resource));
    return verbs.read(call, event, tx -> explain(tx, call, subject, asked, resource));
  }

  private Explanation explain(ReadTx tx, Call call, String subject, Verb verb, String resource) {
    Bound bound = bound(tx, call, resource);
    Place place = Place.requireListable(tx, call, bound);
    requireFit(verb, bound, place);
    Who who = who(tx, call, subject);
    List<Explanation.Finding> findings = new ArrayList<>();
    for (Permission permission : verb.needs()) {
      on(tx, verb, bound, place, permission)
          .ifPresent(on -> findings.add(finding(tx, call, who.caller(), permission, on)));
    }
    return new Explanation(who.standing(), findings);
  }

  /** Where the permission is asked for. Of a secret under no key none is needed on a key. */
  private static Optional<Resource> on(
      ReadTx tx, Verb verb, Bound bound, Place place, Permission permission) {
    if (!OF_KEYS.contains(permission) || verb.on() == Bound.Kind.SYMMETRIC_KEY) {
      return Optional.of(place.resource());
    }
    return bound.kind() == Bound.Kind.SECRET
        ? Secrets.keyOf(tx, bound.id())
            .flatMap(keyId -> Place.find(tx, Bound.symmetricKey(keyId)))
            .map(Place::resource)
        : Optional.empty();
  }

  private static Explanation.Finding finding(
      ReadTx tx, Call call, Caller caller, Permission permission, Resource resource) {
    Decision decision = Access.decide(tx, caller, permission, resource);
    return switch (decision) {
      case Decision.Granted granted ->
          new Explanation.Finding(
              permission, resource, decision, shown(tx, call, granted), List.of());
      case Decision.Ungranted _, Decision.OutOfScope _, Decision.Unbelieved _ ->
          new Explanation.Finding(
              permission,
              resource,
              decision,
              true,
              Access.held(tx, caller, resource).stream()
                  .filter(held -> shown(tx, call, held))
                  .toList());
    };
  }

  /** Whether who asks may list the bindings there: what holds a resource is not his to see. */
  private static boolean shown(ReadTx tx, Call call, Decision.Granted granted) {
    return Arrays.stream(Bound.Kind.values())
        .map(kind -> Place.find(tx, new Bound(kind, granted.on())))
        .flatMap(Optional::stream)
        .anyMatch(place -> place.isListable(tx, call));
  }

  private void requireFit(Verb verb, Bound bound, Place place) {
    boolean holds =
        switch (bound.kind()) {
          case CLOUD -> true;
          case FOLDER -> verb.on() != Bound.Kind.CLOUD && verb.on() != Bound.Kind.GROUP;
          case SECRET, SYMMETRIC_KEY, SERVICE_ACCOUNT, GROUP, FEDERATION ->
              verb.on() == bound.kind();
        };
    if (!holds) {
      throw new Problem.Invalid("resource", "must be what the verb is asked on, or what holds it")
          .asException();
    }
    if (OF_THE_FIRST_CLOUD.contains(verb) && !bound.id().equals(cloudId)) {
      throw new Problem.Invalid("resource", "must be the cloud of the first start").asException();
    }
    if (verb.id().startsWith("docker.")
        && bound.kind() != Bound.Kind.CLOUD
        && !place.folderId().equals(dockerFolderId)) {
      throw new Problem.Invalid("resource", "must be in the folder that the Docker door shows")
          .asException();
    }
  }

  private static Bound bound(ReadTx tx, Call call, String text) {
    int colon = text.indexOf(':');
    if (colon >= 0) {
      return new Bound(kind(text.substring(0, colon)), text.substring(colon + 1));
    }
    for (Bound.Kind kind : Bound.Kind.values()) {
      Bound bound = new Bound(kind, text);
      if (Place.find(tx, bound).isPresent()) {
        return bound;
      }
    }
    Access.requireSomewhere(
        tx, call, Permission.FOLDER_BINDINGS_LIST, "resource-manager.folder", text);
    throw new Problem.NotFound("resource", text).asException();
  }

  private static Bound.Kind kind(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "cloud" -> Bound.Kind.CLOUD;
      case "folder" -> Bound.Kind.FOLDER;
      case "secret" -> Bound.Kind.SECRET;
      case "key" -> Bound.Kind.SYMMETRIC_KEY;
      case "serviceaccount" -> Bound.Kind.SERVICE_ACCOUNT;
      case "group" -> Bound.Kind.GROUP;
      case "federation" -> Bound.Kind.FEDERATION;
      default ->
          throw new Problem.Invalid(
                  "resource",
                  "must be cloud:ID, folder:ID, secret:ID, key:ID, serviceAccount:ID, group:ID or"
                      + " federation:ID")
              .asException();
    };
  }

  /** Somebody as if he called, and whether he could. */
  private record Who(Caller caller, Explanation.Standing standing) {}

  private static Who who(ReadTx tx, Call call, String text) {
    int colon = text.indexOf(':');
    String type = colon < 0 ? "" : text.substring(0, colon);
    String id = text.substring(colon + 1);
    if (type.equals(API_KEY)) {
      return byApiKey(tx, call, id);
    }
    Subject subject = AccessBinding.subject(type, id);
    Explanation.Standing standing =
        switch (subject.type()) {
          case SERVICE_ACCOUNT -> standing(Accounts.account(tx, id), call);
          case USER_ACCOUNT ->
              Accounts.user(tx, id).isPresent()
                  ? Explanation.Standing.TAKEN
                  : Explanation.Standing.NO_SUCH_ACCOUNT;
          case FEDERATED_USER, GROUP, SYSTEM, CERTIFICATE -> Explanation.Standing.TAKEN;
        };
    return new Who(new Caller(subject, "", Caller.Via.IAM_TOKEN), standing);
  }

  private static Who byApiKey(ReadTx tx, Call call, String keyId) {
    Optional<ApiKey> found = Accounts.apiKey(tx, keyId);
    if (found.isEmpty()) {
      Access.requireSomewhere(tx, call, Permission.ACCOUNT_KEYS_GET, "iam.apiKey", keyId);
      throw new Problem.NotFound("API key", keyId).asException();
    }
    ApiKey key = found.get();
    Optional<Accounts.Found> account = Accounts.find(tx, key.serviceAccountId());
    account.ifPresent(known ->
        Access.require(
            tx,
            call,
            Permission.ACCOUNT_KEYS_GET,
            Resource.keyOf("iam.apiKey", known.account().id(), keyId, known.folder())));
    Subject subject = new Subject(Subject.Type.SERVICE_ACCOUNT, key.serviceAccountId());
    return new Who(
        new Caller(subject, "", Caller.Via.API_KEY, key.scopes()),
        key.standsAt(call.at())
            ? standing(account.map(Accounts.Found::account), call)
            : Explanation.Standing.KEY_EXPIRED);
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // There may be none of that id.
  private static Explanation.Standing standing(Optional<ServiceAccount> account, Call call) {
    if (account.isEmpty()) {
      return Explanation.Standing.NO_SUCH_ACCOUNT;
    }
    if (account.get().isSuspendedAt(call.at())) {
      return Explanation.Standing.SUSPENDED;
    }
    return account.get().standsAt(call.at())
        ? Explanation.Standing.TAKEN
        : Explanation.Standing.EXPIRED;
  }
}
