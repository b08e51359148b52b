package io.coffer.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories where plugins are looked for, in this order: sockets first, then files that say
 * where one listens.
 */
public record PluginPath(List<Path> sockets, List<Path> files) {
  private static final Path SOCKETS = Path.of("/run/docker/plugins");

  /** As an engine that runs as root. */
  static final PluginPath OF_ROOT =
      new PluginPath(
          List.of(SOCKETS),
          List.of(Path.of("/etc/docker/plugins"), Path.of("/usr/lib/docker/plugins")));

  public PluginPath {
    sockets = List.copyOf(sockets);
    files = List.copyOf(files);
  }

  /** As a rootless engine, whose runtime directory is a user's own. */
  static PluginPath ofUser(Optional<Path> runtime, Path config, Path home) {
    return new PluginPath(
        Stream.concat(
                runtime.stream().map(dir -> dir.resolve("docker/plugins")), Stream.of(SOCKETS))
            .toList(),
        List.of(config.resolve("docker/plugins"), home.resolve(".local/lib/docker/plugins")));
  }

  /** Nowhere but in {@code directory}. */
  public static PluginPath only(Path directory) {
    return new PluginPath(List.of(directory), List.of(directory));
  }
}
