package io.coffer.core.binding;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.group.Group;
import io.coffer.core.group.GroupRows;
import io.coffer.core.iam.Accounts;
import io.coffer.core.workload.FederationRows;
import io.coffer.engine.ReadTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where something bindable is.
 *
 * @param folderId empty for a cloud; for a group its cloud
 */
public record Place(Bound.Kind kind, Resource resource, List<Event.Place> path, String folderId) {
  public Place {
    path = List.copyOf(path);
  }

  /** Where it is, if the caller may list its bindings; refuses as {@link #require}. */
  public static Place requireListable(ReadTx tx, Call call, Bound bound) {
    return require(tx, call, bound.kind().toList, bound);
  }

  /** Whether the caller may list the bindings of what is here. */
  public boolean isListable(ReadTx tx, Call call) {
    return Access.allows(tx, call.caller(), kind.toList, resource);
  }

  /** What is not there is not found for those who may look in some folder, denied to others. */
  static Place require(ReadTx tx, Call call, Permission permission, Bound bound) {
    Optional<Place> found = find(tx, bound);
    if (found.isEmpty()) {
      switch (bound.kind()) {
        case GROUP ->
            Access.requireInSomeCloud(tx, call, permission, type(bound.kind()), bound.id());
        case CLOUD, FOLDER, SECRET, SYMMETRIC_KEY, SERVICE_ACCOUNT, FEDERATION ->
            Access.requireSomewhere(tx, call, permission, type(bound.kind()), bound.id());
      }
      throw missing(bound).asException();
    }
    Access.require(tx, call, permission, found.get().resource());
    return found.get();
  }

  public static Optional<Place> find(ReadTx tx, Bound bound) {
    return switch (bound.kind()) {
      case CLOUD -> Folders.cloud(tx, bound.id()).map(Place::of);
      case FOLDER -> Folders.find(tx, bound.id()).map(Place::of);
      case SECRET -> secret(tx, bound.id());
      case SYMMETRIC_KEY -> symmetricKey(tx, bound.id());
      case SERVICE_ACCOUNT -> Accounts.find(tx, bound.id()).map(Place::of);
      case GROUP -> GroupRows.find(tx, bound.id()).map(Place::of);
      case FEDERATION -> FederationRows.locate(tx, bound.id()).map(Place::of);
    };
  }

  private static Optional<Place> secret(ReadTx tx, String secretId) {
    if (secretId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.home(secretId))
        .map(home -> {
          String folderId = new String(home.value().shared(), StandardCharsets.UTF_8);
          Folder folder = Folders.require(tx, folderId);
          return new Place(
              Bound.Kind.SECRET, Resource.secret(secretId, folder), folder.path(), folderId);
        });
  }

  private static Optional<Place> symmetricKey(ReadTx tx, String keyId) {
    if (keyId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.keyHome(keyId))
        .map(home -> {
          String folderId = new String(home.value().shared(), StandardCharsets.UTF_8);
          Folder folder = Folders.require(tx, folderId);
          return new Place(
              Bound.Kind.SYMMETRIC_KEY,
              Resource.symmetricKey(keyId, folder),
              folder.path(),
              folderId);
        });
  }

  private static Place of(Cloud cloud) {
    return new Place(Bound.Kind.CLOUD, Resource.of(cloud), cloud.path(), "");
  }

  private static Place of(Folder folder) {
    return new Place(Bound.Kind.FOLDER, Resource.of(folder), folder.path(), folder.id());
  }

  private static Place of(Accounts.Found found) {
    return new Place(
        Bound.Kind.SERVICE_ACCOUNT, found.resource(), found.folder().path(), found.folder().id());
  }

  private static Place of(Group group) {
    return new Place(Bound.Kind.GROUP, group.resource(), group.path(), group.organizationId());
  }

  private static Place of(FederationRows.Found found) {
    return new Place(
        Bound.Kind.FEDERATION, found.resource(), found.folder().path(), found.folder().id());
  }

  private static String type(Bound.Kind kind) {
    return switch (kind) {
      case CLOUD -> "resource-manager.cloud";
      case FOLDER -> "resource-manager.folder";
      case SECRET -> "lockbox.secret";
      case SYMMETRIC_KEY -> "kms.symmetricKey";
      case SERVICE_ACCOUNT -> Accounts.RESOURCE;
      case GROUP -> GroupRows.RESOURCE;
      case FEDERATION -> FederationRows.RESOURCE;
    };
  }

  private static Problem missing(Bound bound) {
    return switch (bound.kind()) {
      case CLOUD -> new Problem.NotFound("cloud", bound.id());
      case FOLDER -> new Problem.NotFound("folder", bound.id());
      case SECRET -> new Problem.NotFound("secret", bound.id());
      case SYMMETRIC_KEY -> new Problem.NotFound("symmetric key", bound.id());
      case SERVICE_ACCOUNT -> new Problem.NotFound("service account", bound.id());
      case GROUP -> new Problem.NotFound("group", bound.id());
      case FEDERATION -> new Problem.NotFound("federation", bound.id());
    };
  }
}
