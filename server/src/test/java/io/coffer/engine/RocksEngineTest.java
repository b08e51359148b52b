package io.coffer.engine;

import io.coffer.engine.rocksdb.RocksBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksEngineTest extends GroupCommitContract {
  @TempDir Path directory = Path.of("");
  private int opened;

  @Override
  protected Engine open(BatchTail tail) {
    Path fresh = directory.resolve("store" + opened++);
    return Engines.over(
        RocksBackend.open(
            fresh,
            e -> {
              throw new AssertionError("disk failed", e);
            }),
        tail);
  }
}
