package io.coffer.core.access;

import io.coffer.Bytes;
import java.util.List;

/** One binding to add or to remove. */
public record BindingDelta(Action action, AccessBinding binding) {
  public enum Action {
    ADD,
    REMOVE
  }

  /** As an operation keeps what it changed. */
  public static Bytes encode(List<BindingDelta> deltas) {
    return BindingsCodec.encodeDeltas(deltas);
  }

  public static List<BindingDelta> decode(Bytes deltas) {
    return BindingsCodec.decodeDeltas(deltas);
  }
}
