package io.coffer.core.change;

import coffer.stored.ChangeFloorRow;
import coffer.stored.ChangeRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.util.Arrays;

/** Changes and the floor of the feed, as stored. */
final class ChangeCodec {
  private ChangeCodec() {}

  static Bytes encode(SecretChange change) {
    return Bytes.takeOver(
        ChangeRow.newBuilder()
            .setAction(change.action().eventName())
            .setFolderId(change.folderId())
            .setSecretId(change.secretId())
            .setName(change.name())
            .setVersionId(change.versionId())
            .setAt(StoredTime.of(change.at()))
            .build()
            .toByteArray());
  }

  static SecretChange change(Bytes value) {
    try {
      ChangeRow row = ChangeRow.parseFrom(value.shared());
      return new SecretChange(
          action(row.getAction()),
          row.getFolderId(),
          row.getSecretId(),
          row.getName(),
          row.getVersionId(),
          StoredTime.instant(row.getAt()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a change does not decode", e);
    }
  }

  static Bytes encodeFloor(long position) {
    return Bytes.takeOver(ChangeFloorRow.newBuilder().setPosition(position).build().toByteArray());
  }

  static long floor(Bytes value) {
    try {
      return ChangeFloorRow.parseFrom(value.shared()).getPosition();
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("the floor of the changes does not decode", e);
    }
  }

  private static Action action(String eventName) {
    return Arrays.stream(Action.values())
        .filter(action -> action.effect() != Action.Effect.NONE)
        .filter(action -> action.eventName().equals(eventName))
        .findFirst()
        .orElseThrow(() -> new EngineException.Corrupt("a change by an unknown action"));
  }
}
