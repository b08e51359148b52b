package io.coffer.api.docker.plugin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/**
 * How many calls may wait for plugins, so that one that hangs holds up neither memory nor others.
 */
final class Turns {
  static final int ALL_MAX = 128;
  static final int OF_ONE_PLUGIN_MAX = 32;

  @GuardedBy("this")
  private final Map<PluginName, Integer> waiting = new HashMap<>();

  @GuardedBy("this")
  private int all;

  /** Whether one more may wait; if so, it must {@link #leave}. */
  synchronized boolean enter(PluginName name) {
    int ofThis = waiting.getOrDefault(name, 0);
    if (all >= ALL_MAX || ofThis >= OF_ONE_PLUGIN_MAX) {
      return false;
    }
    all++;
    waiting.put(name, ofThis + 1);
    return true;
  }

  synchronized void leave(PluginName name) {
    all--;
    waiting.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
  }

  synchronized int inUse() {
    return all;
  }
}
