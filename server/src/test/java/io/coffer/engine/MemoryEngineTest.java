package io.coffer.engine;

final class MemoryEngineTest extends EngineContract {
  @Override
  protected Engine open(BatchTail tail) {
    return new MemoryEngine(tail);
  }
}
