package io.coffer.core.access;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
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
 * that holds it; everything else is denied. Reads the bindings in the transaction that acts on the
 * answer, so a grant or its end takes effect with the next call.
 */
public final class Access {
  private Access() {}

  /** Throws {@link Problem.Denied} unless the caller may. */
  public static void require(ReadTx tx, Call call, Permission permission, Resource resource) {
    if (!allows(tx, call.caller(), permission, resource)) {
      throw new Problem.Denied(resource.type(), resource.id()).asException();
    }
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
   * For a resource that does not exist: passes if the caller may in some folder, so that he is told
   * it is not there; to everybody else it answers as if the resource existed.
   *
   * @param type as {@link Resource#type}
   */
  public static void requireSomewhere(
      ReadTx tx, Call call, Permission permission, String type, String id) {
    for (Folder folder : Folders.all(tx)) {
      if (allows(tx, call.caller(), permission, Resource.of(folder))) {
        return;
      }
    }
    throw new Problem.Denied(type, id).asException();
  }

  public static boolean allows(ReadTx tx, Caller caller, Permission permission, Resource resource) {
    if (!caller.believed() || !inScope(caller, permission)) {
      return false;
    }
    for (String id : resource.lineage()) {
      for (AccessBinding binding : bindings(tx, id)) {
        if (speaksFor(caller, binding.subject()) && binding.role().permits(permission)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A scope that is of no role any more permits nothing. */
  private static boolean inScope(Caller caller, Permission permission) {
    return caller.scopes().isEmpty()
        || caller.scopes().stream()
            .anyMatch(scope -> Role.of(scope).map(role -> role.permits(permission)).orElse(false));
  }

  /**
   * Whether what is bound to {@code subject} is bound to the caller. No door serves callers without
   * a credential, so everybody is everybody whose credential was believed. Groups have no members
   * yet.
   */
  private static boolean speaksFor(Caller caller, Subject subject) {
    return subject.equals(caller.subject())
        || subject.equals(Subject.ALL_USERS)
        || subject.equals(Subject.ALL_AUTHENTICATED_USERS);
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
