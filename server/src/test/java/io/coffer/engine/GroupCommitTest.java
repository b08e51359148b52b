package io.coffer.engine;

final class GroupCommitTest extends GroupCommitContract {
  @Override
  protected Engine open(BatchTail tail) {
    return Engines.over(new MemoryBackend(true), tail);
  }
}
