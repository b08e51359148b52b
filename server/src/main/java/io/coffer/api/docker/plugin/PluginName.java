package io.coffer.api.docker.plugin;

import io.coffer.DriverTrouble;
import io.coffer.Problem;
import java.util.regex.Pattern;

/** A name under which files are looked for: one that leads out of no directory. */
public record PluginName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}");

  /** Throws {@code UNKNOWN} unless there can be a plugin of that name. */
  public PluginName {
    if (!FORM.matcher(value).matches()) {
      throw new Problem.DriverFailed(value, DriverTrouble.UNKNOWN).asException();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
