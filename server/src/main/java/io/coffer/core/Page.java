package io.coffer.core;

import java.util.List;

/**
 * A part of a list.
 *
 * @param nextToken empty on the last page
 */
public record Page<T>(List<T> elements, String nextToken) {
  public Page {
    elements = List.copyOf(elements);
  }
}
