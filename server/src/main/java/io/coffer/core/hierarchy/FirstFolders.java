package io.coffer.core.hierarchy;

import io.coffer.Problem;
import io.coffer.core.folder.Folder;

/**
 * The folders of the first start, which the server needs: the one its own accounts are in, and the
 * one the Docker door shows. They cannot be deleted, and so neither can their cloud.
 */
public record FirstFolders(Folder folder, Folder dockerFolder) {
  /** Where it is decided who may make another cloud. */
  String cloudId() {
    return folder.cloudId();
  }

  void requireOther(String folderId) {
    if (folderId.equals(dockerFolder.id())) {
      throw new Problem.Unmet("the Docker door shows it", folderId).asException();
    }
    if (folderId.equals(folder.id())) {
      throw new Problem.Unmet("accounts that the server needs are in it", folderId).asException();
    }
  }
}
