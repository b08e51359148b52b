package io.coffer.api.resourcemanager;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.operation.Operation;
import io.coffer.wire.resourcemanager.v1.Cloud;
import io.coffer.wire.resourcemanager.v1.CloudOuterClass;
import io.coffer.wire.resourcemanager.v1.CloudServiceOuterClass;
import io.coffer.wire.resourcemanager.v1.CreateCloudMetadata;
import io.coffer.wire.resourcemanager.v1.CreateFolderMetadata;
import io.coffer.wire.resourcemanager.v1.DeleteCloudMetadata;
import io.coffer.wire.resourcemanager.v1.DeleteFolderMetadata;
import io.coffer.wire.resourcemanager.v1.Folder;
import io.coffer.wire.resourcemanager.v1.FolderOuterClass;
import io.coffer.wire.resourcemanager.v1.FolderServiceOuterClass;
import io.coffer.wire.resourcemanager.v1.UpdateCloudMetadata;
import io.coffer.wire.resourcemanager.v1.UpdateFolderMetadata;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the messages of the resource manager. */
public final class PlaceRender {
  private PlaceRender() {}

  static Cloud cloud(io.coffer.core.folder.Cloud cloud) {
    return Cloud.newBuilder()
        .setId(cloud.id())
        .setCreatedAt(WireTime.millis(cloud.createdAt()))
        .setName(cloud.name())
        .setOrganizationId(cloud.id())
        .setDescription(cloud.profile().description())
        .putAllLabels(cloud.profile().labels())
        .build();
  }

  static Folder folder(io.coffer.core.folder.Folder folder) {
    return Folder.newBuilder()
        .setId(folder.id())
        .setCloudId(folder.cloudId())
        .setCreatedAt(WireTime.millis(folder.createdAt()))
        .setName(folder.name())
        .setDescription(folder.profile().description())
        .putAllLabels(folder.profile().labels())
        .setStatus(Folder.Status.ACTIVE)
        .build();
  }

  /** What an operation on a cloud answered with. */
  public static Message cloudIn(Operation operation) {
    return cloud(io.coffer.core.folder.Cloud.decode(operation.result()));
  }

  /** What an operation on a folder answered with. */
  public static Message folderIn(Operation operation) {
    return folder(io.coffer.core.folder.Folder.decode(operation.result()));
  }

  /** What an operation on a cloud or a folder is on. */
  public static Message metadata(Operation operation) {
    String id = operation.resourceId();
    return switch (operation.kind()) {
      case CREATE_CLOUD -> CreateCloudMetadata.newBuilder().setCloudId(id).build();
      case UPDATE_CLOUD -> UpdateCloudMetadata.newBuilder().setCloudId(id).build();
      case DELETE_CLOUD ->
          DeleteCloudMetadata.newBuilder()
              .setCloudId(id)
              .setDeleteAfter(WireTime.nanos(operation.createdAt()))
              .build();
      case CREATE_FOLDER -> CreateFolderMetadata.newBuilder().setFolderId(id).build();
      case UPDATE_FOLDER -> UpdateFolderMetadata.newBuilder().setFolderId(id).build();
      case DELETE_FOLDER ->
          DeleteFolderMetadata.newBuilder()
              .setFolderId(id)
              .setDeleteAfter(WireTime.nanos(operation.createdAt()))
              .build();
      default -> throw new AssertionError("on no cloud or folder: " + operation.kind());
    };
  }

  /** What operations may carry in an {@code Any}. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(CloudOuterClass.getDescriptor().getMessageTypes());
    types.addAll(CloudServiceOuterClass.getDescriptor().getMessageTypes());
    types.addAll(FolderOuterClass.getDescriptor().getMessageTypes());
    types.addAll(FolderServiceOuterClass.getDescriptor().getMessageTypes());
    return types;
  }
}
