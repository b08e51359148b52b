package io.coffer.core.secret;

/** A change to one entry of a payload. Whoever holds it closes it. */
public sealed interface PayloadChange extends AutoCloseable {
  String key();

  @Override
  void close();

  /** Gives the entry this value, whether it was there or not. */
  record Put(PayloadEntry entry) implements PayloadChange {
    @Override
    public String key() {
      return entry.key();
    }

    @Override
    public void close() {
      entry.close();
    }
  }

  /** Takes the entry away, if it is there. */
  record Remove(String key) implements PayloadChange {
    @Override
    public void close() {}
  }
}
