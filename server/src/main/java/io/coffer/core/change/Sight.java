package io.coffer.core.change;

import io.coffer.core.Caller;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.ReadTx;
import java.util.List;
import java.util.Optional;

/**
 * What one reader may see of changes, as bindings are in one transaction: those in his folder, if
 * he may list or read it, else those of secrets that he may read. A secret that is gone has no
 * bindings any more: who could read only it does not see that it was deleted.
 */
final class Sight {
  private final ReadTx tx;
  private final String folderId;
  private final Caller caller;
  private final Optional<Folder> folder;
  private final boolean whole;

  Sight(ReadTx tx, ChangeFeed.Reader reader) {
    this.tx = tx;
    this.folderId = reader.folderId();
    this.caller = reader.caller();
    this.folder = Folders.find(tx, folderId);
    this.whole =
        folder
            .map(Resource::of)
            .filter(there ->
                Access.allows(tx, caller, Permission.SECRETS_LIST, there)
                    || Access.allows(tx, caller, Permission.SECRETS_GET, there))
            .isPresent();
  }

  List<SecretChange.Placed> of(List<SecretChange.Placed> changes) {
    return changes.stream().filter(placed -> shows(placed.change())).toList();
  }

  private boolean shows(SecretChange change) {
    return change.folderId().equals(folderId)
        && folder.isPresent()
        && (whole
            || Access.allows(
                tx,
                caller,
                Permission.SECRETS_GET,
                Resource.secret(change.secretId(), folder.get())));
  }
}
