package io.coffer.core.access;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides. A caller may do what a role permits that is bound to him on the resource or on anything
 * that holds it, or to a group he is in; everything else is denied. Reads bindings and memberships
 * in the transaction that acts on the answer, so a grant or its end takes effect with the next
 * call.
 */
public final class Access {
  private Access() {}

  /** Throws {@link Problem.Denied} unless the caller may. */
  public static void require(ReadTx tx, Call call, Permission permission, Resource resource) {
    if (!allows(tx, call.caller(), permission, resource)) {
      throw new Problem.Denied(resource.type(), resource.id()).asException();
    }
  }

  /** The cloud, if the caller may; one that does not exist is not there for those who may look. */
  public static Cloud requireCloud(ReadTx tx, Call call, Permission permission, String cloudId) {
    Optional<Cloud> cloud = Folders.cloud(tx, cloudId);
    if (cloud.isEmpty()) {
      requireInSomeCloud(tx, call, permission, "resource-manager.cloud", cloudId);
      throw new Problem.NotFound("cloud", cloudId).asException();
    }
    require(tx, call, permission, Resource.of(cloud.get()));
    return cloud.get();
  }

  /** The folder, if the caller may; one that does not exist is not there for those who may look. */
  public static Folder requireFolder(ReadTx tx, Call call, Permission permission, String folderId) {
    Folder folder =
        Folders.find(tx, folderId).orElseThrow(() -> noSuchFolder(tx, call, permission, folderId));
    require(tx, call, permission, Resource.of(folder));
    return folder;
  }

  /** That it is not there; throws {@link Problem.Denied} for those who may look nowhere. */
  public static CofferException noSuchFolder(
      ReadTx tx, Call call, Permission permission, String folderId) {
    requireSomewhere(tx, call, permission, "resource-manager.folder", folderId);
    return new Problem.NotFound("folder", folderId).asException();
  }

  /**
   * For a resource that does not exist: passes if the caller may in some cloud or folder, so that
   * he is told it is not there; to everybody else it answers as if the resource existed.
   *
   * @param type as {@link Resource#type}
   */
  public static void requireSomewhere(
      ReadTx tx, Call call, Permission permission, String type, String id) {
    Standing standing = new Standing(tx, call.caller().subject());
    // Each cloud once, not once for each of its folders.
    if (!inSomeCloud(tx, call, standing, permission)
        && !inSomeFolder(tx, call, standing, permission)) {
      throw new Problem.Denied(type, id).asException();
    }
  }

  /** As {@link #requireSomewhere}, for what is in a cloud and in no folder. */
  public static void requireInSomeCloud(
      ReadTx tx, Call call, Permission permission, String type, String id) {
    if (!inSomeCloud(tx, call, new Standing(tx, call.caller().subject()), permission)) {
      throw new Problem.Denied(type, id).asException();
    }
  }

  private static boolean inSomeCloud(
      ReadTx tx, Call call, Standing standing, Permission permission) {
    return Folders.clouds(tx).stream()
        .map(Resource::of)
        .anyMatch(cloud -> decide(tx, call.caller(), standing, permission, cloud).allows());
  }

  /** What is bound on folders themselves. */
  private static boolean inSomeFolder(
      ReadTx tx, Call call, Standing standing, Permission permission) {
    return Folders.ids(tx).stream()
        .map(id -> new Resource("resource-manager.folder", id, List.of(id)))
        .anyMatch(folder -> decide(tx, call.caller(), standing, permission, folder).allows());
  }

  public static boolean allows(ReadTx tx, Caller caller, Permission permission, Resource resource) {
    return decide(tx, caller, permission, resource).allows();
  }

  /** The decision with its reason; of several bindings that allow it the nearest one. */
  public static Decision decide(
      ReadTx tx, Caller caller, Permission permission, Resource resource) {
    return decide(tx, caller, new Standing(tx, caller.subject()), permission, resource);
  }

  private static Decision decide(
      ReadTx tx, Caller caller, Standing standing, Permission permission, Resource resource) {
    if (!caller.believed()) {
      return new Decision.Unbelieved();
    }
    if (!inScope(caller, permission)) {
      return new Decision.OutOfScope();
    }
    for (String id : resource.lineage()) {
      for (AccessBinding binding : bindings(tx, id)) {
        // The role first: what does not permit is no reason to look groups up.
        if (binding.role().permits(permission) && standing.is(binding.subject())) {
          return new Decision.Granted(binding, id);
        }
      }
    }
    return new Decision.Ungranted();
  }

  /** All that is bound to the caller on the resource and on what holds it, whatever it permits. */
  public static List<Decision.Granted> held(ReadTx tx, Caller caller, Resource resource) {
    Standing standing = new Standing(tx, caller.subject());
    return resource.lineage().stream()
        .flatMap(id ->
            bindings(tx, id).stream()
                .filter(binding -> standing.is(binding.subject()))
                .map(binding -> new Decision.Granted(binding, id)))
        .toList();
  }

  /** A scope that is of no role any more permits nothing. */
  private static boolean inScope(Caller caller, Permission permission) {
    return caller.scopes().isEmpty()
        || caller.scopes().stream()
            .anyMatch(scope -> Role.of(scope).map(role -> role.permits(permission)).orElse(false));
  }

  public static List<AccessBinding> bindings(ReadTx tx, String resourceId) {
    Optional<Row> row = tx.get(Keyspace.bindings(resourceId));
    return row.isPresent() ? BindingsCodec.decode(row.get().value()) : List.of();
  }

  /**
   * Replaces all bindings of a resource; what is there twice is kept once. The caller of this must
   * have required the permission.
   */
  public static void bind(WriteTx tx, String resourceId, Collection<AccessBinding> bindings) {
    if (bindings.isEmpty()) {
      tx.delete(Keyspace.bindings(resourceId));
    } else {
      List<AccessBinding> kept = bindings.stream().distinct().sorted(AccessBinding.ORDER).toList();
      tx.put(Keyspace.bindings(resourceId), BindingsCodec.encode(kept));
    }
  }
}
