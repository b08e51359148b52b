package io.coffer.core.secret;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Folders;
import io.coffer.core.template.Context;
import io.coffer.core.template.Expansion;
import io.coffer.core.template.Sources;
import io.coffer.core.template.TemplateException;
import io.coffer.engine.WriteTx;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Values for tasks of a swarm: one entry, found by id or by name, its template expanded. Whoever
 * may read a payload may be delivered it. Every value is on record before it leaves, those that a
 * template is made with as well; what is refused is on record too.
 */
public final class Deliveries {
  /** Different secrets that one template may be made with. */
  static final int TEMPLATE_SECRETS_MAX = 32;

  private static final String GOLANG = "golang";

  /** The detail that names the secret whose template a value became part of. */
  private static final String TEMPLATE = "template_secret_id";

  private final Witness witness;
  private final Payloads payloads;
  private final String folderId;
  private final Executor expansions;

  /**
   * Delivers from one folder by name, from any by id.
   *
   * @param expansions where templates are expanded, which may take a while
   */
  public Deliveries(
      Verbs verbs,
      Witness witness,
      Secrets secrets,
      PayloadSealing sealing,
      SecretProviders providers,
      String folderId,
      Executor expansions) {
    this.witness = witness;
    this.payloads = new Payloads(verbs, witness, secrets, sealing, providers);
    this.folderId = folderId;
    this.expansions = expansions;
  }

  /** The value; the caller closes it. */
  public CompletionStage<Delivery> deliver(Call call, Deliver command) {
    Event asked = asked(command.to()).with(Event.word("reference", command.reference()));
    return open(call, asked, command, Optional.empty())
        .thenCompose(opened -> finish(call, command, opened));
  }

  /** A value as it is stored; whoever holds it closes it. */
  private record Opened(Secret secret, SecretBytes value) implements AutoCloseable {
    @Override
    public void close() {
      value.close();
    }
  }

  private CompletionStage<Delivery> finish(Call call, Deliver command, Opened opened) {
    Optional<Driver> templating = opened.secret().templating();
    if (templating.isEmpty()) {
      return CompletableFuture.completedStage(fit(opened.value()));
    }
    if (!templating.get().name().equals(GOLANG)) {
      opened.close();
      return CompletableFuture.completedStage(new Delivery.Unfit("unrecognized template type"));
    }
    Expanding expanding = new Expanding(call, command, opened);
    // It may throw as well, when too many wait: what was opened is wiped then too.
    return CompletableFuture.completedStage(expanding)
        .thenCompose(Expanding::start)
        .whenComplete((_, _) -> expanding.close());
  }

  /** Engines take no value that is empty, and do not say so. */
  @SuppressWarnings("MustBeClosedChecker") // Whoever is given the delivery closes it.
  private static Delivery fit(SecretBytes value) {
    if (value.length() == 0 || value.length() > SealedVersion.DOCKER_PAYLOAD_MAX) {
      value.close();
      return new Delivery.Unfit(
          "the value is empty or longer than 511999 bytes: no engine takes it");
    }
    return new Delivery.Value(value);
  }

  /**
   * Opens what was asked for. What is not found or cannot be read is written down as refused.
   *
   * @param template the secret whose template asks
   */
  private CompletionStage<Opened> open(
      Call call, Event asked, Deliver command, Optional<Secret> template) {
    return payloads
        .opening(call, asked, tx -> read(tx, call, command, template))
        .thenApply(read -> {
          try (Payload payload = read.payload()) {
            return new Opened(read.secret(), copy(payload, command.entry()));
          }
        })
        .exceptionallyCompose(trouble -> refused(call, asked, Verbs.cause(trouble)));
  }

  private Payloads.Read read(WriteTx tx, Call call, Deliver command, Optional<Secret> template) {
    SecretRows.Found found = resolve(tx, call, command.reference(), template);
    Version version = Payloads.readable(tx, found.secret(), command.versionId());
    requireKey(version.entryKeys(), command.entry());
    Event event =
        SecretEvents.of(found.folder(), Action.GET_PAYLOAD, found.secret(), version)
            .with(asked(command.to()).details());
    return payloads.open(
        tx,
        call,
        found.secret(),
        version,
        template.map(outer -> event.with(Event.word(TEMPLATE, outer.id()))).orElse(event));
  }

  /** Denials are written down where they are found. */
  private <T> CompletionStage<T> refused(Call call, Event asked, Throwable cause) {
    return cause instanceof CofferException refusal
            && !(refusal.problem() instanceof Problem.Denied)
        ? witness.refuse(call, asked, refusal)
        : CompletableFuture.failedStage(cause);
  }

  /** What a template names is a name, and nothing else. */
  private SecretRows.Found resolve(
      WriteTx tx, Call call, String reference, Optional<Secret> template) {
    return template.isEmpty() && SecretRows.find(tx, reference).isPresent()
        ? Secrets.require(tx, call, Permission.PAYLOAD_GET, reference)
        : payloads.byName(tx, call, Folders.require(tx, folderId), reference);
  }

  /** The entry that is meant: the one that was named, else {@code data}, else the only one. */
  private static Optional<String> key(List<String> keys, String asked) {
    if (!asked.isEmpty()) {
      return Optional.of(asked).filter(keys::contains);
    }
    return keys.size() == 1
        ? Optional.of(keys.getFirst())
        : Optional.of(Payloads.DOCKER_KEY).filter(keys::contains);
  }

  private static void requireKey(List<String> keys, String asked) {
    if (key(keys, asked).isEmpty()) {
      throw new Problem.Violated("entry", "must be one of", String.join(", ", keys)).asException();
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Whoever holds what it becomes part of closes it.
  private static SecretBytes copy(Payload payload, String asked) {
    List<String> keys = payload.entries().stream().map(PayloadEntry::key).toList();
    String key = key(keys, asked).orElseThrow(() -> new AssertionError("an entry is missing"));
    return payload.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .map(entry -> SecretBytes.takeOver(entry.value().lend(byte[]::clone)))
        .orElseThrow();
  }

  private static Event asked(Context to) {
    return Event.of(
        Action.GET_PAYLOAD,
        Event.word("swarm_service_id", to.service().id()),
        Event.word("swarm_service_name", to.service().name()),
        Event.word("swarm_task_id", to.task().id()),
        Event.word("swarm_node_id", to.node().id()));
  }

  /**
   * One template being expanded. It is expanded anew whenever it has asked for a secret that was
   * not there yet, so that nothing waits.
   */
  private final class Expanding implements AutoCloseable {
    private final Call call;
    private final Deliver command;
    private final Opened template;
    private final Map<String, Optional<SecretBytes>> known = new HashMap<>();

    Expanding(Call call, Deliver command, Opened template) {
      this.call = call;
      this.command = command;
      this.template = template;
    }

    CompletionStage<Delivery> start() {
      return CompletableFuture.supplyAsync(this::attempt, expansions)
          .thenCompose(attempt ->
              switch (attempt) {
                case Attempt.Done(var delivery) -> CompletableFuture.completedStage(delivery);
                case Attempt.Wants(var target) -> fetch(target).thenCompose(_ -> start());
              });
    }

    @SuppressWarnings("MustBeClosedChecker") // Whoever is given the delivery closes it.
    private Attempt attempt() {
      try {
        return new Attempt.Done(fit(Expansion.expand(template.value(), command.to(), new Known())));
      } catch (TemplateException e) {
        return new Attempt.Done(new Delivery.Unfit(e.text()));
      } catch (Missing e) {
        return known.size() < TEMPLATE_SECRETS_MAX
            ? new Attempt.Wants(e.target)
            : new Attempt.Done(
                new Delivery.Unfit(
                    "template: expansion: it asks for more than "
                        + TEMPLATE_SECRETS_MAX
                        + " secrets"));
      }
    }

    /** The target may be part of a value: the record does not tell it. */
    private CompletionStage<Boolean> fetch(String target) {
      Event asked = asked(command.to()).with(Event.word(TEMPLATE, template.secret().id()));
      Deliver inner = new Deliver(target, "", "", command.to());
      return open(call, asked, inner, Optional.of(template.secret()))
          .thenApply(opened -> Optional.of(opened.value()))
          .exceptionallyCompose(trouble ->
              Verbs.cause(trouble) instanceof CofferException e
                      && e.problem() instanceof Problem.NotFound
                  ? CompletableFuture.completedStage(Optional.empty())
                  : CompletableFuture.failedStage(Verbs.cause(trouble)))
          .thenApply(value -> {
            known.put(folded(target), value);
            return true;
          });
    }

    private static String folded(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    private final class Known implements Sources {
      @Override
      public Optional<SecretBytes> secret(String target) {
        // Its own name gives its own text.
        if (template.secret().folderId().equals(folderId)
            && folded(template.secret().name()).equals(folded(target))) {
          return Optional.of(template.value());
        }
        Optional<SecretBytes> value = known.get(folded(target));
        if (value == null) {
          throw new Missing(target);
        }
        return value;
      }

      @Override
      public Optional<SecretBytes> config(String target) {
        return Optional.empty();
      }

      @Override
      public String env(String name) {
        return "";
      }
    }

    @Override
    public void close() {
      template.close();
      known.values().forEach(value -> value.ifPresent(SecretBytes::close));
    }
  }

  /** How far an expansion came. */
  private sealed interface Attempt {
    record Done(Delivery delivery) implements Attempt {}

    record Wants(String target) implements Attempt {}
  }

  /** Ends an expansion that needs a secret nobody has fetched yet. */
  private static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient String target;

    Missing(String target) {
      super("a secret is not there yet", null, false, false);
      this.target = target;
    }
  }
}
