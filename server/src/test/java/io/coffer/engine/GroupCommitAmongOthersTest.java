package io.coffer.engine;

/** Over a store that others write to as well, which checks preconditions itself. */
final class GroupCommitAmongOthersTest extends GroupCommitContract {
  @Override
  protected Engine open(BatchTail tail) {
    return Engines.over(new MemoryBackend(false), tail);
  }
}
