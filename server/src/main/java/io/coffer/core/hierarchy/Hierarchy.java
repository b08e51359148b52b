package io.coffer.core.hierarchy;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The verbs that look at clouds and folders. A list has what the caller may get; who may get
 * nothing of it is refused, and so is not told whether there is anything.
 */
public final class Hierarchy {
  public static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final PageTokens pageTokens;

  public Hierarchy(Verbs verbs, Keyring keyring) {
    this.verbs = verbs;
    this.pageTokens = new PageTokens(keyring);
  }

  public CompletionStage<Cloud> cloud(Call call, String cloudId) {
    Event asked = Event.of(Action.GET_CLOUD, Event.word("cloud_id", cloudId));
    return verbs.read(
        call, asked, tx -> Access.requireCloud(tx, call, Permission.CLOUDS_GET, cloudId));
  }

  public CompletionStage<Folder> folder(Call call, String folderId) {
    Event asked = Event.of(Action.GET_FOLDER, Event.word("folder_id", folderId));
    return verbs.read(
        call, asked, tx -> Access.requireFolder(tx, call, Permission.FOLDERS_GET, folderId));
  }

  /**
   * The clouds, by id.
   *
   * @param name of those wanted, empty for any
   * @param pageSize 0 to 1000; 0 means {@link #PAGE_DEFAULT}
   */
  public CompletionStage<Page<Cloud>> clouds(
      Call call, Optional<String> name, int pageSize, String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_CLOUDS),
        tx -> {
          List<Cloud> visible =
              Folders.clouds(tx).stream()
                  .filter(cloud ->
                      Access.allows(tx, call.caller(), Permission.CLOUDS_GET, Resource.of(cloud)))
                  .toList();
          requireAny(visible, "resource-manager.cloud", "");
          List<Cloud> wanted =
              visible.stream()
                  .filter(cloud -> name.map(cloud.name()::equals).orElse(true))
                  .toList();
          return page(wanted, Cloud::id, "clouds", pageSize, pageToken);
        });
  }

  /** The folders of a cloud, by id; parameters as of {@link #clouds}. */
  public CompletionStage<Page<Folder>> folders(
      Call call, String cloudId, Optional<String> name, int pageSize, String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_FOLDERS, Event.word("cloud_id", cloudId)),
        tx -> {
          List<Folder> visible =
              Folders.all(tx).stream()
                  .filter(folder -> folder.cloudId().equals(cloudId))
                  .filter(folder ->
                      Access.allows(tx, call.caller(), Permission.FOLDERS_GET, Resource.of(folder)))
                  .toList();
          requireAny(visible, "resource-manager.cloud", cloudId);
          List<Folder> wanted =
              visible.stream()
                  .filter(folder -> name.map(folder.name()::equals).orElse(true))
                  .toList();
          return page(wanted, Folder::id, "folders\0" + cloudId, pageSize, pageToken);
        });
  }

  /** What was done to a cloud, the newest first; parameters as of {@link #clouds}. */
  public CompletionStage<Page<Operation>> cloudOperations(
      Call call, String cloudId, int pageSize, String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_CLOUD_OPERATIONS, Event.word("cloud_id", cloudId)),
        tx -> {
          Cloud _ = Access.requireCloud(tx, call, Permission.CLOUDS_GET, cloudId);
          return Operations.page(tx, pageTokens, cloudId, size(pageSize), pageToken);
        });
  }

  /** What was done to a folder itself, the newest first; parameters as of {@link #clouds}. */
  public CompletionStage<Page<Operation>> folderOperations(
      Call call, String folderId, int pageSize, String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_FOLDER_OPERATIONS, Event.word("folder_id", folderId)),
        tx -> {
          Folder _ = Access.requireFolder(tx, call, Permission.FOLDERS_GET, folderId);
          return Operations.page(tx, pageTokens, folderId, size(pageSize), pageToken);
        });
  }

  private static int size(int pageSize) {
    return pageSize == 0 ? PAGE_DEFAULT : pageSize;
  }

  private static void requireAny(List<?> visible, String type, String id) {
    if (visible.isEmpty()) {
      throw new Problem.Denied(type, id).asException();
    }
  }

  private <T> Page<T> page(
      List<T> all, Function<T, String> id, String list, int pageSize, String pageToken) {
    int size = size(pageSize);
    String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
    List<T> rest =
        all.stream().filter(each -> id.apply(each).compareTo(last) > 0).limit(size + 1L).toList();
    List<T> page = rest.subList(0, Math.min(size, rest.size()));
    return new Page<>(
        page, rest.size() > size ? pageTokens.after(list, id.apply(page.getLast())) : "");
  }
}
