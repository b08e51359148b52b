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
import io.coffer.crypto.Keyring;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The verbs on clouds and folders. A list has what the caller may get; who may get nothing of it is
 * refused, and so is not told whether there is anything.
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
        call,
        asked,
        tx -> {
          Optional<Cloud> cloud = Folders.cloud(tx, cloudId);
          if (cloud.isEmpty()) {
            Access.requireSomewhere(
                tx, call, Permission.CLOUDS_GET, "resource-manager.cloud", cloudId);
            throw new Problem.NotFound("cloud", cloudId).asException();
          }
          Access.require(tx, call, Permission.CLOUDS_GET, Resource.of(cloud.get()));
          return cloud.get();
        });
  }

  public CompletionStage<Folder> folder(Call call, String folderId) {
    Event asked = Event.of(Action.GET_FOLDER, Event.word("folder_id", folderId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Optional<Folder> folder = Folders.find(tx, folderId);
          if (folder.isEmpty()) {
            Access.requireSomewhere(
                tx, call, Permission.FOLDERS_GET, "resource-manager.folder", folderId);
            throw new Problem.NotFound("folder", folderId).asException();
          }
          Access.require(tx, call, Permission.FOLDERS_GET, Resource.of(folder.get()));
          return folder.get();
        });
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

  private static void requireAny(List<?> visible, String type, String id) {
    if (visible.isEmpty()) {
      throw new Problem.Denied(type, id).asException();
    }
  }

  private <T> Page<T> page(
      List<T> all, Function<T, String> id, String list, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
    List<T> rest =
        all.stream().filter(each -> id.apply(each).compareTo(last) > 0).limit(size + 1L).toList();
    List<T> page = rest.subList(0, Math.min(size, rest.size()));
    return new Page<>(
        page, rest.size() > size ? pageTokens.after(list, id.apply(page.getLast())) : "");
  }
}
