package io.coffer.api.rpc;

import io.coffer.Problem;

/** How many elements a caller wants at once; the other bound is in the descriptors. */
public final class PageSize {
  private PageSize() {}

  /** As asked for, 0 for as many as usual; throws {@link Problem.Invalid} if it is negative. */
  public static int of(long requested) {
    if (requested < 0) {
      throw new Problem.Invalid("page_size", "must be 0 to 1000").asException();
    }
    return Math.toIntExact(requested);
  }
}
