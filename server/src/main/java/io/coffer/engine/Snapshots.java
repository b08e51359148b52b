package io.coffer.engine;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot of a backend as a transaction does. */
public final class Snapshots {
  private Snapshots() {}

  /** Runs {@code body} against {@code snapshot}, which stays open. */
  public static <T extends @Nullable Object> T read(
      Backend.Snapshot snapshot, Function<ReadTx, T> body) {
    Reading tx = new Reading(snapshot);
    try {
      return body.apply(tx);
    } finally {
      tx.end();
    }
  }
}
