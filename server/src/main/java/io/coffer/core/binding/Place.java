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
 * Where something bindable is, once the caller was found to have the permission there.
 *
 * @param folderId empty for a cloud; for a group its cloud
 */
record Place(Resource resource, List<Event.Place> path, String folderId) {
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

  private static Optional<Place> find(ReadTx tx, Bound bound) {
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
          return new Place(Resource.secret(secretId, folder), folder.path(), folderId);
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
          return new Place(Resource.symmetricKey(keyId, folder), folder.path(), folderId);
        });
  }

  private static Place of(Cloud cloud) {
    return new Place(Resource.of(cloud), cloud.path(), "");
  }

  private static Place of(Folder folder) {
    return new Place(Resource.of(folder), folder.path(), folder.id());
  }

  private static Place of(Accounts.Found found) {
    return new Place(found.resource(), found.folder().path(), found.folder().id());
  }

  private static Place of(Group group) {
    return new Place(group.resource(), group.path(), group.organizationId());
  }

  private static Place of(FederationRows.Found found) {
    return new Place(found.resource(), found.folder().path(), found.folder().id());
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
