package io.coffer.core;

import io.coffer.Problem;
import io.coffer.crypto.Same;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a change happen once: what was done under a key is written in the transaction that does it,
 * so neither a second call at the same time nor a crash can come between.
 */
public final class Onces {

  private Onces() {}

  /** What a change answers with, that can be told again by its id. */
  public interface Recorded {
    String id();
  }

  /** The change was done before: it is not done again, its operation is the answer. */
  public static final class Done extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String operationId;

    Done(String operationId) {
      // No stack trace: it is no trouble.
      super("done before", null, false, false);
      this.operationId = operationId;
    }

    public String operationId() {
      return operationId;
    }
  }

  /** The body of a change that happens once. It throws {@link Done} if it did before. */
  static <T> Function<WriteTx, T> around(Call call, Once once, Function<WriteTx, T> body) {
    return tx -> {
      requireUndone(tx, call, once);
      T result = body.apply(tx);
      if (result instanceof Recorded recorded) {
        tx.put(
            Keyspace.once(once.key()),
            OnceCodec.encode(new OnceCodec.Done(once.request(), once.until(), recorded.id())));
      }
      return result;
    };
  }

  /** What is read for a change that happens once: not at all, if it did before. */
  static <T> Function<ReadTx, T> before(Call call, Once once, Function<ReadTx, T> body) {
    return tx -> {
      requireUndone(tx, call, once);
      return body.apply(tx);
    };
  }

  /** What was done counts for as long as its operation can be told. */
  private static void requireUndone(ReadTx tx, Call call, Once once) {
    Optional<OnceCodec.Done> before =
        tx.get(Keyspace.once(once.key()))
            .map(row -> OnceCodec.decode(row.value()))
            .filter(done -> call.at().isBefore(done.until()))
            .filter(done -> tx.get(Keyspace.operation(done.operationId())).isPresent());
    if (before.isPresent()) {
      if (!Same.inConstantTime(before.get().request(), once.request())) {
        throw new Problem.Invalid(
                "idempotency-key", "was used for another request, and is kept for it")
            .asException();
      }
      throw new Done(before.get().operationId());
    }
  }

  /** Removes what need not be known any more at {@code now}; returns how many there were. */
  public static int sweep(Engine engine, Instant now) {
    return Sweep.run(
        engine,
        Keyspace.onces(),
        row -> !now.isBefore(OnceCodec.decode(row.value()).until()),
        (tx, row) -> tx.delete(row.key()));
  }
}
