package io.coffer.core.change;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Keyspace;
import io.coffer.engine.Change;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells readers of changes, in the order of commits, from now on or from where they left off. What
 * is told is read from the rows that the verbs left, so it is the same after a restart. Nothing is
 * read while nobody follows.
 */
public final class ChangeFeed implements AutoCloseable {
  /** So many changes are there for a new reader, however old, unless others pushed them out. */
  public static final int NEWEST_KEPT = 256;

  public static final int READERS_MAX = 500;

  /** A reader that is further behind is told to list again, which is less work. */
  public static final int CATCH_UP_MAX = 10_000;

  /** Changes that are committed and not read yet; beyond that all readers are behind. */
  static final int HEARD_MAX = 100_000;

  /** So many are read in one transaction. */
  private static final int TOLD_TOGETHER_MAX = 256;

  private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

  private final Engine engine;
  private final Executor thread;
  private final AutoCloseable listening;
  private final List<Following> readers = new CopyOnWriteArrayList<>();

  @GuardedBy("heard")
  private final Deque<Bytes> heard = new ArrayDeque<>();

  @GuardedBy("heard")
  private boolean telling;

  private volatile boolean closed;

  /**
   * A feed of all folders.
   *
   * @param thread one, which runs what it is given in order: readers are told on it
   */
  public ChangeFeed(Engine engine, Executor thread) {
    this.engine = engine;
    this.thread = thread;
    this.listening = engine.listen(this::heard);
  }

  /** Somebody who follows. He is told on the feed's thread and must not hold it. */
  public interface Reader {
    Caller caller();

    String folderId();

    /** In the order of positions; not what the caller may not read. */
    void told(SecretChange.Placed change);

    /**
     * What was there has been told; what is told from now on is new.
     *
     * @param position to go on from, if nothing more is told
     */
    void caughtUp(long position);

    /** Whatever there was up to {@code position} has been told; it never goes back. */
    default void toldUpTo(long position) {}

    /** Nothing more will come. Not called after the reader himself has left. */
    void ended(End end);
  }

  public enum End {
    /** The server stops. */
    CLOSED,
    /** What he asks for is not all there any more, or it is too much: he has to list again. */
    LIST_AGAIN
  }

  /** What a new reader is told first. */
  public sealed interface Start {
    record Now() implements Start {}

    /** The newest {@link #NEWEST_KEPT} that are there, then what comes. */
    record Kept() implements Start {}

    /** What came after a position, then what comes. */
    record After(long position) implements Start {}

    /** What came with a position and after it, then what comes. */
    record From(long position) implements Start {}
  }

  /** Ends it for one reader, at his own wish. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins to tell {@code reader}; returns before anything is told.
   *
   * @throws io.coffer.CofferException with {@link Problem.Exhausted} if there are too many readers
   */
  public Subscription follow(Reader reader, Start start) {
    Following following = new Following(reader);
    synchronized (readers) {
      if (readers.size() >= READERS_MAX) {
        throw new Problem.Exhausted("readers of the change feed", READERS_MAX).asException();
      }
      readers.add(following);
    }
    // From now, not from when the thread finds the time: who follows may change something at once.
    following.from = engine.read(ReadTx::revision);
    onThread(() -> begin(following, start));
    return () -> readers.remove(following);
  }

  /** One reader, used on the feed's thread only. */
  private static final class Following {
    private final Reader reader;
    private boolean begun;

    /** The revision he asked at, then the one he began with: what came before he was told. */
    private long from;

    Following(Reader reader) {
      this.reader = reader;
    }

    List<SecretChange.Placed> unseen(ReadTx tx, List<SecretChange.Placed> changes) {
      List<SecretChange.Placed> unseen =
          changes.stream()
              .filter(placed -> placed.position() > from)
              .filter(placed -> placed.change().folderId().equals(reader.folderId()))
              .toList();
      return unseen.isEmpty() ? unseen : new Sight(tx, reader).of(unseen);
    }
  }

  private void begin(Following following, Start start) {
    if (closed) {
      end(following, End.CLOSED);
      return;
    }
    Reader reader = following.reader;
    Optional<List<SecretChange.Placed>> first =
        engine.read(tx -> {
          long asked = following.from;
          following.begun = true;
          following.from = tx.revision();
          Optional<List<SecretChange.Placed>> kept =
              switch (start) {
                case Start.Now() ->
                    asked == following.from
                        ? Optional.of(List.of())
                        : KeptChanges.after(tx, reader.folderId(), asked, CATCH_UP_MAX);
                case Start.Kept() ->
                    Optional.of(KeptChanges.newest(tx, reader.folderId(), NEWEST_KEPT));
                case Start.After(long position) ->
                    KeptChanges.after(tx, reader.folderId(), position, CATCH_UP_MAX);
                case Start.From(long position) ->
                    position > tx.revision()
                        ? Optional.empty()
                        : KeptChanges.after(
                            tx, reader.folderId(), Math.max(0, position - 1), CATCH_UP_MAX);
              };
          return kept.map(all -> new Sight(tx, reader).of(all));
        });
    if (first.isEmpty()) {
      end(following, End.LIST_AGAIN);
    } else {
      first.get().forEach(reader::told);
      reader.caughtUp(following.from);
    }
  }

  /** On the engine's thread, which has other things to do. */
  private void heard(Change change) {
    if (readers.isEmpty()) {
      return;
    }
    synchronized (heard) {
      for (Bytes key : change.keys()) {
        if (Keyspace.isChange(key) && heard.size() <= HEARD_MAX) {
          heard.add(key);
        }
      }
      if (heard.isEmpty() || telling) {
        return;
      }
      telling = true;
    }
    onThread(this::tell);
  }

  private void tell() {
    for (List<Bytes> keys = next(); !keys.isEmpty(); keys = next()) {
      List<Runnable> told = new ArrayList<>();
      List<Bytes> together = keys;
      engine.read(tx -> {
        List<SecretChange.Placed> all = new ArrayList<>();
        together.forEach(key -> KeptChanges.find(tx, key).ifPresent(all::add));
        // What comes next may be of the same call as the last of these.
        long whole = all.isEmpty() ? 0 : all.getLast().position() - 1;
        for (Following following : readers) {
          if (following.begun) {
            following
                .unseen(tx, all)
                .forEach(change -> told.add(() -> following.reader.told(change)));
            if (whole > following.from) {
              told.add(() -> following.reader.toldUpTo(whole));
            }
          }
        }
        return true;
      });
      told.forEach(Runnable::run);
    }
  }

  /** What is to be told next; if nothing, the next change will start the telling again. */
  private List<Bytes> next() {
    List<Bytes> next = new ArrayList<>();
    boolean behind;
    synchronized (heard) {
      behind = heard.size() > HEARD_MAX;
      if (behind) {
        heard.clear();
      }
      while (next.size() < TOLD_TOGETHER_MAX && !heard.isEmpty()) {
        next.add(heard.remove());
      }
      telling = !next.isEmpty();
    }
    if (behind) {
      endAll(End.LIST_AGAIN);
    }
    return next;
  }

  private void onThread(Runnable task) {
    try {
      thread.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException | AssertionError e) {
          log.atError().addKeyValue("cause", e.getClass().getName()).log("the change feed broke");
          synchronized (heard) {
            heard.clear();
            telling = false;
          }
          endAll(End.LIST_AGAIN); // Better than to leave something out.
        }
      });
    } catch (RejectedExecutionException e) {
      endAll(End.CLOSED);
    }
  }

  private void endAll(End end) {
    readers.forEach(following -> end(following, end));
  }

  private void end(Following following, End end) {
    if (readers.remove(following)) {
      following.reader.ended(end);
    }
  }

  /** Ends it for all readers, and for those who come later at once. */
  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
    } catch (Exception e) {
      throw new AssertionError("a listener that cannot be taken away", e);
    }
    endAll(End.CLOSED);
  }
}
