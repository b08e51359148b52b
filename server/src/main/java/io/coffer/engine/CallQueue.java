package io.coffer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls on their way to the committer, bounded in number and bytes. */
final class CallQueue {
  static final int CALLS_MAX = 10_000;
  static final long BYTES_MAX = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<QueuedCall<?>> calls = new ArrayDeque<>();

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private boolean closed;

  /** Throws {@link EngineException.Unavailable} if the queue is full or closed. */
  void add(QueuedCall<?> call) {
    lock.lock();
    try {
      if (closed) {
        throw new EngineException.Unavailable("engine is closed");
      }
      if (calls.size() >= CALLS_MAX || bytes + call.bytes() > BYTES_MAX) {
        throw new EngineException.Unavailable("too many writes are waiting");
      }
      calls.add(call);
      bytes += call.bytes();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Fills {@code target} up to {@code max} calls, waiting for the first; false if there will be
   * none.
   */
  boolean take(Queue<QueuedCall<?>> target, int max) {
    lock.lock();
    try {
      while (target.isEmpty() && calls.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      while (target.size() < max && !calls.isEmpty()) {
        QueuedCall<?> call = calls.remove();
        bytes -= call.bytes();
        target.add(call);
      }
      return !target.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more calls in; those that are in can still be taken out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
