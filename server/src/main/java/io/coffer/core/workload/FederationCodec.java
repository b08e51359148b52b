package io.coffer.core.workload;

import coffer.stored.FederationRow;
import coffer.stored.LabelRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Federations, as stored. */
final class FederationCodec {
  private FederationCodec() {}

  static Bytes encode(Federation federation) {
    FederationRow.Builder row =
        FederationRow.newBuilder()
            .setId(federation.id())
            .setFolderId(federation.folderId())
            .setCreatedAt(StoredTime.of(federation.createdAt()))
            .setName(federation.name())
            .setDescription(federation.description())
            .setDisabled(!federation.enabled())
            .addAllAudiences(federation.audiences())
            .setIssuer(federation.issuer())
            .setJwksUrl(federation.jwksUrl());
    federation
        .labels()
        .forEach(
            (name, value) -> row.addLabels(LabelRow.newBuilder().setKey(name).setValue(value)));
    return Bytes.takeOver(row.build().toByteArray());
  }

  static Federation decode(Bytes value) {
    try {
      FederationRow row = FederationRow.parseFrom(value.shared());
      SortedMap<String, String> labels = new TreeMap<>();
      row.getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
      return new Federation(
          row.getId(),
          row.getFolderId(),
          row.getName(),
          row.getDescription(),
          StoredTime.instant(row.getCreatedAt()),
          !row.getDisabled(),
          row.getAudiencesList(),
          row.getIssuer(),
          row.getJwksUrl(),
          labels);
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a federation does not decode", e);
    }
  }
}
