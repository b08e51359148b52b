package io.coffer.engine.rocksdb;

import io.coffer.engine.Change;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.Family;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Snapshots;
import io.coffer.engine.WriteTx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.DBOptions;

/** A store as it was when it was opened here, for reading. It leaves no trace in the directory. */
final class FrozenEngine implements Engine {
  private final Silence silence;
  private final DBOptions options;
  private final Handles handles;
  private final View view;

  private FrozenEngine(Silence silence, DBOptions options, Handles handles, View view) {
    this.silence = silence;
    this.options = options;
    this.handles = handles;
    this.view = view;
  }

  static FrozenEngine open(Path directory) {
    if (!Files.exists(directory.resolve("CURRENT"))) {
      throw new EngineException.Unavailable("there is no store in " + directory);
    }
    Silence silence = new Silence();
    Tuning tuning = new Tuning();
    DBOptions options = new DBOptions(tuning.options());
    options.setCreateIfMissing(false).setCreateMissingColumnFamilies(false).setLogger(silence);
    Handles handles = Handles.openReadOnly(directory, tuning, options);
    return new FrozenEngine(
        silence, options, handles, View.open(handles, RocksBackend.head(handles).revision()));
  }

  @Override
  public <T extends @Nullable Object> T read(Function<ReadTx, T> body) {
    if (!view.acquire()) {
      throw new EngineException.Unavailable("store is closed");
    }
    try (Lease lease = new Lease(view)) {
      return Snapshots.read(lease, body);
    }
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<Committed<T>> write(
      Function<WriteTx, T> body) {
    return CompletableFuture.failedStage(
        new EngineException.Unavailable("store is open for reading only"));
  }

  @Override
  public AutoCloseable listen(Consumer<Change> listener) {
    return () -> {}; // Nothing changes.
  }

  @Override
  public void compact(Family family) {
    throw new EngineException.Unavailable("store is open for reading only");
  }

  @Override
  public void verify() {
    throw new AssertionError("a frozen store is verified by the one that writes it");
  }

  @Override
  public void close() {
    view.release();
    handles.close();
    options.close();
    silence.close();
  }
}
