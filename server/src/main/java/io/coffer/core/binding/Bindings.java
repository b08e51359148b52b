package io.coffer.core.binding;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.BindingDelta;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Digest;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The verbs on the access bindings of anything. What is bound counts from the next call on. A cloud
 * keeps a binding of an administrator by name, or nobody could bind anything any more; whether that
 * account is there is not looked at, and {@code coffer operator recover-admin} helps then.
 */
public final class Bindings {
  /** Of one resource. */
  public static final int BINDINGS_MAX = 1000;

  private static final int PAGE_DEFAULT = 100;

  /**
   * Two bindings are told apart by 128 bits, and a page token is no longer than the wire has it.
   */
  private static final int MARK_LENGTH = 32;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;

  public Bindings(Verbs verbs, Witness witness, Ids ids, Keyring keyring) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
  }

  /**
   * Who has which role there, in an order that has no meaning but stays: what is bound throughout
   * is listed once, whatever else is bound or taken away meanwhile. What is bound on what holds the
   * resource is not listed.
   *
   * @param pageSize 0 to 1000; 0 means 100
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<AccessBinding>> list(
      Call call, Bound bound, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = "bindings\0" + bound.id();
    return verbs.read(
        call,
        asked(bound, bound.kind().list),
        tx -> {
          Place.require(tx, call, bound.kind().toList, bound);
          List<AccessBinding> all = new ArrayList<>(Access.bindings(tx, bound.id()));
          all.sort(Comparator.comparing(Bindings::mark));
          int from = pageToken.isEmpty() ? 0 : after(all, pageTokens.lastId(list, pageToken));
          List<AccessBinding> page = all.subList(from, Math.min(all.size(), from + size));
          return new Page<>(
              page, from + size < all.size() ? pageTokens.after(list, mark(page.getLast())) : "");
        });
  }

  private static int after(List<AccessBinding> all, String mark) {
    int at = 0;
    while (at < all.size() && mark(all.get(at)).compareTo(mark) <= 0) {
      at++;
    }
    return at;
  }

  private static String mark(AccessBinding binding) {
    return Digest.sha256(Bytes.utf8(said(binding))).hex().substring(0, MARK_LENGTH);
  }

  /** Replaces all bindings. */
  public CompletionStage<Operation> set(
      Call call, Bound bound, Collection<AccessBinding> bindings) {
    Set<AccessBinding> wanted = new LinkedHashSet<>(bindings);
    return change(call, bound, bound.kind().set, before -> wanted);
  }

  /** Adds what is not bound and removes what is; the rest of {@code deltas} changes nothing. */
  public CompletionStage<Operation> update(Call call, Bound bound, List<BindingDelta> deltas) {
    List<BindingDelta> copy = List.copyOf(deltas);
    return change(
        call,
        bound,
        bound.kind().update,
        before -> {
          Set<AccessBinding> after = new LinkedHashSet<>(before);
          for (BindingDelta delta : copy) {
            switch (delta.action()) {
              case ADD -> after.add(delta.binding());
              case REMOVE -> after.remove(delta.binding());
            }
          }
          return after;
        });
  }

  private CompletionStage<Operation> change(
      Call call,
      Bound bound,
      Bound.Change named,
      Function<Set<AccessBinding>, Set<AccessBinding>> change) {
    String operationId =
        switch (bound.kind()) {
          case SECRET -> ids.lockbox();
          case SYMMETRIC_KEY -> ids.kms();
          case CLOUD, FOLDER -> ids.resource();
          case SERVICE_ACCOUNT, GROUP, FEDERATION -> ids.account();
        };
    return verbs
        .write(
            call,
            asked(bound, named.action()),
            tx -> {
              Place place = Place.require(tx, call, bound.kind().toUpdate, bound);
              Set<AccessBinding> before = new LinkedHashSet<>(Access.bindings(tx, bound.id()));
              Set<AccessBinding> after = change.apply(before);
              requireSound(bound, after);
              List<BindingDelta> effective = difference(before, after);
              Access.bind(tx, bound.id(), after);
              return record(tx, call, bound, named, place, effective, operationId);
            })
        .thenApply(Committed::value);
  }

  private static void requireSound(Bound bound, Set<AccessBinding> after) {
    if (after.size() > BINDINGS_MAX) {
      throw new Problem.Exhausted("access.bindings.count", BINDINGS_MAX).asException();
    }
    if (bound.kind() == Bound.Kind.CLOUD && after.stream().noneMatch(Bindings::keepsTheCloud)) {
      throw new Problem.Unmet("somebody must stay its admin", bound.id()).asException();
    }
  }

  /** Somebody by name: everybody is nobody to rely on, and a group may lose its last member. */
  private static boolean keepsTheCloud(AccessBinding binding) {
    Subject.Type type = binding.subject().type();
    return binding.role() == Role.ADMIN
        && type != Subject.Type.SYSTEM
        && type != Subject.Type.GROUP;
  }

  private static List<BindingDelta> difference(
      Set<AccessBinding> before, Set<AccessBinding> after) {
    List<BindingDelta> deltas = new ArrayList<>();
    before.stream()
        .filter(binding -> !after.contains(binding))
        .forEach(gone -> deltas.add(new BindingDelta(BindingDelta.Action.REMOVE, gone)));
    after.stream()
        .filter(binding -> !before.contains(binding))
        .forEach(added -> deltas.add(new BindingDelta(BindingDelta.Action.ADD, added)));
    return deltas;
  }

  private Operation record(
      WriteTx tx,
      Call call,
      Bound bound,
      Bound.Change named,
      Place place,
      List<BindingDelta> effective,
      String operationId) {
    Operation operation =
        new Operation(
            operationId,
            named.kind(),
            call.at(),
            call.at(),
            call.caller().subject().id(),
            place.folderId(),
            bound.id(),
            "",
            BindingDelta.encode(effective));
    Operations.put(tx, operation);
    witness.saw(
        tx,
        call,
        Event.in(place.path(), named.action(), Event.word(bound.kind().idName, bound.id()))
            .with(
                Event.words(
                    "access_binding_deltas",
                    effective.stream()
                        .map(delta -> delta.action() + " " + said(delta.binding()))
                        .toList())));
    return operation;
  }

  /** As in the trail: {@code lockbox.editor serviceAccount:aje…}. */
  private static String said(AccessBinding binding) {
    Subject subject = binding.subject();
    return binding.role().id() + " " + subject.type().wireName() + ":" + subject.id();
  }

  private static Event asked(Bound bound, Action action) {
    return Event.of(action, Event.word(bound.kind().idName, bound.id()));
  }
}
