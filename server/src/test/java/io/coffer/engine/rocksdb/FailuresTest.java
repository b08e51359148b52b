package io.coffer.engine.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

final class FailuresTest {
  @Test
  void aDiskFoundFullWhileWritingCanBeWaitedFor() {
    assertThat(Failures.isNoSpace(noSpace("While appending to file: /data/sync/000004.log")))
        .isTrue();
  }

  @Test
  void aDiskFoundFullWhileSyncingIsAFailedSync() {
    assertThat(Failures.isNoSpace(noSpace("While fdatasync: /data/000004.log"))).isFalse();
    assertThat(Failures.isNoSpace(noSpace("While fsync: /data/000004.log"))).isFalse();
    assertThat(Failures.isIoError(noSpace("While fdatasync: /data/000004.log"))).isTrue();
  }

  @Test
  void onlyCorruptionIsCorruption() {
    RocksDBException damaged = of(Status.Code.Corruption, Status.SubCode.None, "checksum");
    RocksDBException busy = of(Status.Code.Busy, Status.SubCode.None, "busy");

    assertThat(Failures.ofRead(damaged)).isInstanceOf(EngineException.Corrupt.class);
    assertThat(Failures.ofRead(busy)).isInstanceOf(EngineException.Unavailable.class);
    assertThat(Failures.isCorruption(damaged)).isTrue();
    assertThat(Failures.isIoError(damaged)).isFalse();
  }

  private static RocksDBException noSpace(String where) {
    return of(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device: " + where);
  }

  private static RocksDBException of(Status.Code code, Status.SubCode subCode, String message) {
    return new RocksDBException(message, new Status(code, subCode, message));
  }
}
