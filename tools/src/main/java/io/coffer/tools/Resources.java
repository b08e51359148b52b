package io.coffer.tools;

import io.coffer.server.Mistakes;
import io.coffer.wire.resourcemanager.v1.Cloud;
import io.coffer.wire.resourcemanager.v1.Folder;
import io.coffer.wire.resourcemanager.v1.ListCloudsResponse;
import io.coffer.wire.resourcemanager.v1.ListFoldersResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Resources as people name them: {@code folder:docker}. */
final class Resources {
  private static final String CLOUDS = "/resource-manager/v1/clouds";
  private static final String FOLDERS = "/resource-manager/v1/folders";

  private Resources() {}

  /** Where the resource is on the REST door. */
  static String path(Api api, String resource) {
    int colon = resource.indexOf(':');
    String kind = colon < 0 ? "" : resource.substring(0, colon);
    String name = resource.substring(colon + 1);
    return switch (name.isEmpty() ? "" : kind) {
      case "cloud" -> CLOUDS + "/" + cloud(api, name);
      case "folder" -> FOLDERS + "/" + folder(api, name);
      case "secret" -> "/lockbox/v1/secrets/" + encoded(name);
      case "key" -> "/kms/v1/keys/" + encoded(name);
      case "account", "serviceAccount" -> "/iam/v1/serviceAccounts/" + encoded(name);
      default ->
          throw new Mistakes(
              List.of(
                  "RESOURCE: must be folder:NAME, folder:ID, cloud:NAME, cloud:ID, secret:ID,"
                      + " key:ID, account:ID"));
    };
  }

  /** By its kind and id, as {@code coffer access explain} asks for it; an id stays as it is. */
  static String named(Api api, String resource) {
    int colon = resource.indexOf(':');
    String name = resource.substring(colon + 1);
    return switch (colon < 0 ? "" : resource.substring(0, colon)) {
      case "cloud" -> "cloud:" + cloud(api, name);
      case "folder" -> "folder:" + folder(api, name);
      case "account" -> "serviceAccount:" + name;
      default -> resource;
    };
  }

  private static String cloud(Api api, String name) {
    return only(
        clouds(api).stream()
            .filter(cloud -> cloud.getId().equals(name) || cloud.getName().equals(name))
            .map(Cloud::getId)
            .toList(),
        "cloud",
        name);
  }

  private static String folder(Api api, String name) {
    List<String> ids = new ArrayList<>();
    for (Cloud cloud : clouds(api)) {
      api
          .get(
              FOLDERS + "?pageSize=1000&cloudId=" + cloud.getId(), ListFoldersResponse.newBuilder())
          .getFoldersList()
          .stream()
          .filter(folder -> folder.getId().equals(name) || folder.getName().equals(name))
          .map(Folder::getId)
          .forEach(ids::add);
    }
    return only(ids, "folder", name);
  }

  private static List<Cloud> clouds(Api api) {
    return api.get(CLOUDS + "?pageSize=1000", ListCloudsResponse.newBuilder()).getCloudsList();
  }

  private static String only(List<String> ids, String kind, String name) {
    if (ids.size() != 1) {
      throw new ClientTrouble(
          (ids.isEmpty() ? "there is no " : "there is more than one ") + kind + " " + name);
    }
    return ids.getFirst();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
