package io.coffer.api.resourcemanager;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.coffer.Problem;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.folder.Profile;
import io.coffer.core.hierarchy.UpdatePlace;
import io.coffer.wire.resourcemanager.v1.UpdateCloudRequest;
import io.coffer.wire.resourcemanager.v1.UpdateFolderRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From messages to commands. A mask that names nothing is one that names everything. */
final class PlaceRead {
  private PlaceRead() {}

  static Profile profile(String name, String description, Map<String, String> labels) {
    return new Profile(name, description, new TreeMap<>(labels));
  }

  static UpdatePlace update(UpdateCloudRequest request) {
    return new UpdatePlace(
        request.getCloudId(),
        fields(request.getUpdateMask()),
        profile(request.getName(), request.getDescription(), request.getLabelsMap()));
  }

  static UpdatePlace update(UpdateFolderRequest request) {
    return new UpdatePlace(
        request.getFolderId(),
        fields(request.getUpdateMask()),
        profile(request.getName(), request.getDescription(), request.getLabelsMap()));
  }

  private static Set<UpdatePlace.Field> fields(FieldMask mask) {
    Set<UpdatePlace.Field> fields = EnumSet.noneOf(UpdatePlace.Field.class);
    mask.getPathsList().forEach(path -> fields.add(field(path)));
    return fields.isEmpty() ? EnumSet.allOf(UpdatePlace.Field.class) : fields;
  }

  private static UpdatePlace.Field field(String path) {
    return switch (path) {
      case "name" -> UpdatePlace.Field.NAME;
      case "description" -> UpdatePlace.Field.DESCRIPTION;
      case "labels" -> UpdatePlace.Field.LABELS;
      default ->
          throw new Problem.Invalid("update_mask", "must name name, description or labels")
              .asException();
    };
  }

  static Optional<Instant> deleteAfter(boolean given, Timestamp at) {
    return given ? Optional.of(WireTime.instant("delete_after", at)) : Optional.empty();
  }
}
