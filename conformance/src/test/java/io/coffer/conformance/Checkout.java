package io.coffer.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that holds the launcher {@code coffer}, as the root of the sources does. */
public record Checkout(Path root) {
  /**
   * The nearest directory, from the working directory up, with {@code coffer} and {@code build}.
   */
  public static Checkout find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path here = start; here != null; here = here.getParent()) {
      if (Files.isRegularFile(here.resolve("coffer"))
          && Files.isRegularFile(here.resolve("build"))) {
        return new Checkout(here);
      }
    }
    throw new AssertionError("no directory with `coffer` and `build` at or above " + start);
  }

  Path launcher() {
    return root.resolve("coffer");
  }
}
