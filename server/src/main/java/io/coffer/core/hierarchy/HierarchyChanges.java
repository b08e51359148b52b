package io.coffer.core.hierarchy;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.folder.Profile;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The verbs that make, change and delete clouds and folders. A name is one that no other cloud, or
 * no other folder of the cloud, has. Only what is empty is deleted, and in the same transaction it
 * is looked into: whatever is made in it meanwhile is made first, or not at all.
 */
public final class HierarchyChanges {
  /** By how much a client's clock may be ahead that asks for a deletion now. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final FirstFolders first;

  public HierarchyChanges(Verbs verbs, Witness witness, Ids ids, FirstFolders first) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.first = first;
  }

  /** For whoever may on the cloud of the first start. He becomes the administrator of this one. */
  public CompletionStage<Operation> createCloud(Call call, Profile profile) {
    Cloud cloud = new Cloud(ids.resource(), profile, call.at());
    Event asked = Event.of(Action.CREATE_CLOUD, Event.word("cloud_name", profile.name()));
    return change(
        call,
        asked,
        OperationKind.CREATE_CLOUD,
        tx -> {
          Access.require(tx, call, Permission.CLOUDS_CREATE, Resource.cloud(first.cloudId()));
          List<Cloud> all = Folders.clouds(tx);
          if (all.size() >= Folders.CLOUDS_MAX) {
            throw new Problem.Exhausted("resource-manager.clouds.count", Folders.CLOUDS_MAX)
                .asException();
          }
          requireFreeName(all, cloud);
          Folders.put(tx, cloud);
          Access.bind(
              tx, cloud.id(), List.of(new AccessBinding(Role.ADMIN, call.caller().subject())));
          return Changed.of(cloud);
        });
  }

  public CompletionStage<Operation> updateCloud(Call call, UpdatePlace command) {
    return change(
        call,
        asked(Action.UPDATE_CLOUD, "cloud_id", command.id()),
        OperationKind.UPDATE_CLOUD,
        tx -> {
          Cloud cloud = Access.requireCloud(tx, call, Permission.CLOUDS_UPDATE, command.id());
          Cloud changed = cloud.with(command.of(cloud.profile()));
          requireFreeName(Folders.clouds(tx), changed);
          Folders.put(tx, changed);
          return Changed.of(changed);
        });
  }

  /**
   * At once.
   *
   * @param at when, by the caller; not in the future
   */
  public CompletionStage<Operation> deleteCloud(Call call, String cloudId, Optional<Instant> at) {
    requireNow(call, at);
    return change(
        call,
        asked(Action.DELETE_CLOUD, "cloud_id", cloudId),
        OperationKind.DELETE_CLOUD,
        tx -> {
          Cloud cloud = Access.requireCloud(tx, call, Permission.CLOUDS_DELETE, cloudId);
          Contents.requireNone(tx, call, cloud);
          Folders.delete(tx, cloud);
          return Changed.of(cloud);
        });
  }

  public CompletionStage<Operation> createFolder(Call call, String cloudId, Profile profile) {
    Folder folder = new Folder(ids.resource(), cloudId, profile, call.at(), Folder.Names.FREE);
    Event asked =
        Event.of(
            Action.CREATE_FOLDER,
            Event.word("cloud_id", cloudId),
            Event.word("folder_name", profile.name()));
    return change(
        call,
        asked,
        OperationKind.CREATE_FOLDER,
        tx -> {
          Cloud _ = Access.requireCloud(tx, call, Permission.FOLDERS_CREATE, cloudId);
          List<Folder> there = folders(tx, cloudId);
          if (there.size() >= Folders.FOLDERS_MAX) {
            throw new Problem.Exhausted("resource-manager.folders.count", Folders.FOLDERS_MAX)
                .asException();
          }
          requireFreeName(there, folder);
          Folders.put(tx, folder);
          return Changed.of(folder);
        });
  }

  public CompletionStage<Operation> updateFolder(Call call, UpdatePlace command) {
    return change(
        call,
        asked(Action.UPDATE_FOLDER, "folder_id", command.id()),
        OperationKind.UPDATE_FOLDER,
        tx -> {
          Folder folder = Access.requireFolder(tx, call, Permission.FOLDERS_UPDATE, command.id());
          Folder changed = folder.with(command.of(folder.profile()));
          if (!changed.name().equals(folder.name())) {
            requireFreeName(folders(tx, folder.cloudId()), changed);
          }
          Folders.put(tx, changed);
          return Changed.of(changed);
        });
  }

  /** As {@link #deleteCloud}. */
  public CompletionStage<Operation> deleteFolder(Call call, String folderId, Optional<Instant> at) {
    requireNow(call, at);
    return change(
        call,
        asked(Action.DELETE_FOLDER, "folder_id", folderId),
        OperationKind.DELETE_FOLDER,
        tx -> {
          Folder folder = Access.requireFolder(tx, call, Permission.FOLDERS_DELETE, folderId);
          first.requireOther(folderId);
          Contents.requireNone(tx, call, folder);
          Folders.delete(tx, folder);
          return Changed.of(folder);
        });
  }

  /** There is nothing to change one's mind about: what is deleted is empty. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // As it comes.
  private static void requireNow(Call call, Optional<Instant> at) {
    if (at.isPresent() && at.get().isAfter(call.at().plus(SKEW))) {
      throw new Problem.Invalid(
              "delete_after", "must not be in the future: what is empty is deleted at once")
          .asException();
    }
  }

  private static void requireFreeName(List<Cloud> all, Cloud wanted) {
    if (all.stream()
        .anyMatch(other -> other.name().equals(wanted.name()) && !other.id().equals(wanted.id()))) {
      throw new Problem.AlreadyExists("cloud", wanted.name()).asException();
    }
  }

  private static void requireFreeName(List<Folder> all, Folder wanted) {
    if (all.stream()
        .anyMatch(other -> other.name().equals(wanted.name()) && !other.id().equals(wanted.id()))) {
      throw new Problem.AlreadyExists("folder", wanted.name()).asException();
    }
  }

  private static List<Folder> folders(ReadTx tx, String cloudId) {
    return Folders.all(tx).stream().filter(f -> f.cloudId().equals(cloudId)).toList();
  }

  private static Event asked(Action action, String idName, String id) {
    return Event.of(action, Event.word(idName, id));
  }

  /** A cloud or a folder as a change left it, or as it was before it went. */
  private record Changed(
      String id,
      String folderId,
      List<Event.Place> path,
      List<Event.Detail> details,
      Bytes encoded) {
    static Changed of(Cloud cloud) {
      return new Changed(
          cloud.id(),
          "",
          cloud.path(),
          List.of(Event.word("cloud_id", cloud.id()), Event.word("cloud_name", cloud.name())),
          cloud.encode());
    }

    static Changed of(Folder folder) {
      return new Changed(
          folder.id(),
          folder.id(),
          folder.path(),
          List.of(Event.word("folder_id", folder.id()), Event.word("folder_name", folder.name())),
          folder.encode());
    }
  }

  private CompletionStage<Operation> change(
      Call call, Event asked, OperationKind kind, Function<WriteTx, Changed> body) {
    String operationId = ids.resource(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Changed changed = body.apply(tx);
              Operation operation =
                  Operation.done(
                      operationId,
                      kind,
                      call,
                      changed.folderId(),
                      changed.id(),
                      "",
                      changed.encoded());
              Operations.put(tx, operation);
              if (kind == OperationKind.DELETE_CLOUD || kind == OperationKind.DELETE_FOLDER) {
                Operations.forget(tx, changed.id());
              }
              witness.saw(
                  tx, call, Event.in(changed.path(), asked.action()).with(changed.details()));
              return operation;
            })
        .thenApply(Committed::value);
  }
}
