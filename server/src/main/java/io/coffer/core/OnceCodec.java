package io.coffer.core;

import coffer.stored.OnceRow;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import java.time.Instant;

/** What was done once, as stored under {@link Keyspace#once}. */
final class OnceCodec {
  private OnceCodec() {}

  /**
   * A change that was done.
   *
   * @param request HMAC of what was asked for
   * @param operationId what it was answered with
   */
  record Done(Bytes request, Instant until, String operationId) {}

  static Bytes encode(Done done) {
    return Bytes.takeOver(
        OnceRow.newBuilder()
            .setRequest(UnsafeByteOperations.unsafeWrap(done.request().shared()))
            .setUntil(StoredTime.of(done.until()))
            .setOperationId(done.operationId())
            .build()
            .toByteArray());
  }

  static Done decode(Bytes value) {
    try {
      OnceRow row = OnceRow.parseFrom(value.shared());
      return new Done(
          Bytes.takeOver(row.getRequest().toByteArray()),
          StoredTime.instant(row.getUntil()),
          row.getOperationId());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("what was done once does not decode", e);
    }
  }
}
