package io.coffer.engine;

import io.coffer.Bytes;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The keys written last and the revisions that wrote them: enough to tell whether what a call read
 * at its snapshot still holds, without asking the store. It forgets, oldest first; to a call older
 * than what is left it says no.
 */
final class RecentWrites {
  static final int KEYS_MAX = 32_768;

  private final ArrayDeque<Commit> commits = new ArrayDeque<>();
  private final Map<Bytes, Long> newest = new HashMap<>();
  private long floor;
  private int keys;

  /** Knows nothing of what was written up to {@code floor}. */
  RecentWrites(long floor) {
    this.floor = floor;
  }

  void add(long revision, List<Bytes> written) {
    if (written.isEmpty()) {
      return;
    }
    commits.addLast(new Commit(revision, written));
    written.forEach(key -> newest.put(key, revision));
    keys += written.size();
    while (keys > KEYS_MAX) {
      forget(commits.removeFirst());
    }
  }

  /** Whether {@code tx} would still read the same from the newest committed state. */
  boolean stillHold(Transaction tx) {
    long since = tx.revision();
    if (tx.gets().isEmpty() && tx.scans().isEmpty()) {
      return true;
    }
    if (since < floor) {
      return false;
    }
    for (Bytes key : tx.gets()) {
      Long written = newest.get(key);
      if (written != null && written > since) {
        return false;
      }
    }
    for (Range range : tx.scans()) {
      if (writtenIn(range, since)) {
        return false;
      }
    }
    return true;
  }

  private boolean writtenIn(Range range, long since) {
    Iterator<Commit> backwards = commits.descendingIterator();
    while (backwards.hasNext()) {
      Commit commit = backwards.next();
      if (commit.revision <= since) {
        return false;
      }
      for (Bytes key : commit.keys) {
        if (range.contains(key)) {
          return true;
        }
      }
    }
    return false;
  }

  private void forget(Commit commit) {
    floor = commit.revision;
    keys -= commit.keys.size();
    commit.keys.forEach(key -> newest.remove(key, commit.revision));
  }

  private record Commit(long revision, List<Bytes> keys) {}
}
