package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.engine.Change;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.Family;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.Stamp;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The barrier: an engine over an engine that is not trusted. Whoever holds this one cannot write a
 * clear value, and a row that was changed, or moved to another key, throws {@link
 * TamperedException} when it is read. Keys and revisions stay in the clear; notes pass through, and
 * what becomes of them is sealed by {@link SealedTail}.
 *
 * <p>A value may be {@link Keyring#OVERHEAD} bytes shorter than the untrusted engine takes at most.
 * It does not notice a row that was deleted, or set back to an older value of the same key: see the
 * audit trail for that.
 */
public final class SealedEngine implements Engine {
  /**
   * Where the one value lives that is not sealed by the keyring, since it holds the keyring.
   * Through this engine it is not there, and may not be written.
   */
  public static final Bytes HEADER_KEY = Bytes.utf8("z/header");

  private static final Bytes AFTER_HEADER_KEY = HEADER_KEY.plus(Bytes.copyOf((byte) 0));

  private final Engine untrusted;
  private final SealedRows rows;

  public SealedEngine(Engine untrusted, Aead aead) {
    this.untrusted = untrusted;
    this.rows = new SealedRows(aead);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<ReadTx, T> body) {
    return untrusted.read(tx -> body.apply(new Reading(tx, rows)));
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<Committed<T>> write(
      Function<WriteTx, T> body) {
    return untrusted.write(tx -> body.apply(new Writing(tx, rows)));
  }

  @Override
  public AutoCloseable listen(Consumer<Change> listener) {
    return untrusted.listen(listener);
  }

  @Override
  public void compact(Family family) {
    untrusted.compact(family);
  }

  @Override
  public void verify() {
    untrusted.verify();
  }

  @Override
  public void close() {
    untrusted.close();
  }

  static void requireSealable(Bytes key) {
    if (key.equals(HEADER_KEY)) {
      throw new AssertionError("the header of the store is not for this engine");
    }
  }

  private record Reading(ReadTx tx, SealedRows rows) implements ReadTx {
    @Override
    public long revision() {
      return tx.revision();
    }

    @Override
    public Optional<Row> get(Bytes key) {
      requireSealable(key);
      return tx.get(key).map(rows::open);
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      return rows.open(scanSealed(from, to, limit));
    }

    @Override
    public List<Stamp> stamps(Bytes from, Bytes to, int limit) {
      return scanSealed(from, to, limit).stream()
          .map(row -> new Stamp(row.key(), row.revision()))
          .toList();
    }

    private List<Row> scanSealed(Bytes from, Bytes to, int limit) {
      if (from.compareTo(HEADER_KEY) > 0 || to.compareTo(HEADER_KEY) <= 0) {
        return tx.scan(from, to, limit);
      }
      List<Row> found = new ArrayList<>(tx.scan(from, HEADER_KEY, limit));
      if (found.size() < limit) {
        found.addAll(tx.scan(AFTER_HEADER_KEY, to, limit - found.size()));
      }
      return found;
    }
  }

  private record Writing(WriteTx tx, SealedRows rows, Reading reading) implements WriteTx {
    Writing(WriteTx tx, SealedRows rows) {
      this(tx, rows, new Reading(tx, rows));
    }

    @Override
    public long revision() {
      return tx.revision();
    }

    @Override
    public Optional<Row> get(Bytes key) {
      return reading.get(key);
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      return reading.scan(from, to, limit);
    }

    @Override
    public List<Stamp> stamps(Bytes from, Bytes to, int limit) {
      return reading.stamps(from, to, limit);
    }

    @Override
    public void put(Bytes key, Bytes value) {
      requireSealable(key);
      tx.put(key, rows.seal(key, value));
    }

    @Override
    public void delete(Bytes key) {
      requireSealable(key);
      tx.delete(key);
    }

    @Override
    public void note(Bytes note) {
      tx.note(note);
    }
  }
}
