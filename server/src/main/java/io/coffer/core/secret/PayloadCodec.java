package io.coffer.core.secret;

import coffer.stored.EntryRow;
import coffer.stored.PayloadRow;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.coffer.Bytes;
import io.coffer.crypto.EntryPlace;
import io.coffer.engine.EngineException;
import java.util.List;

/** Sealed payloads, as stored. */
final class PayloadCodec {
  private PayloadCodec() {}

  static Bytes encode(PayloadRow row) {
    return Bytes.takeOver(row.toByteArray());
  }

  static Bytes encode(List<SealedEntry> entries) {
    PayloadRow.Builder row = PayloadRow.newBuilder();
    for (SealedEntry entry : entries) {
      row.addEntries(
          EntryRow.newBuilder()
              .setKey(entry.key())
              .setBinary(entry.binary())
              .setSealed(UnsafeByteOperations.unsafeWrap(entry.sealed().shared())));
    }
    return encode(row.build());
  }

  static PayloadRow decode(Bytes value) {
    try {
      return PayloadRow.parseFrom(value.shared());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a payload does not decode", e);
    }
  }

  static Bytes sealed(EntryRow row) {
    return Bytes.takeOver(row.getSealed().toByteArray());
  }

  static EntryPlace place(Version version, String key, boolean binary) {
    return place(version.secretId(), version.id(), key, binary);
  }

  static EntryPlace place(String secretId, String versionId, String key, boolean binary) {
    return new EntryPlace(
        secretId, versionId, key, binary ? EntryPlace.Kind.BINARY : EntryPlace.Kind.TEXT);
  }
}
