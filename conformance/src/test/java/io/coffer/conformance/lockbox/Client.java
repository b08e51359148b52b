package io.coffer.conformance.lockbox;

import io.coffer.conformance.cases.Mismatch;

/** Sends steps, and tells of their answers as HTTP does, whatever the transport. */
interface Client extends AutoCloseable {
  /** Throws {@link Mismatch} if there is no answer. */
  Answer send(Step step, Variables variables);

  @Override
  void close();
}
