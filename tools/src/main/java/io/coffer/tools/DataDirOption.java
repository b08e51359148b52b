package io.coffer.tools;

import io.coffer.server.ConnectFile;
import io.coffer.server.Defaults;
import io.coffer.server.Setting;
import io.coffer.server.SettingSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local server a command is about. */
final class DataDirOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where the server keeps everything (COFFER_DATA_DIR)")
  private @Nullable Path dataDir;

  /** As the server finds it: the option, else the variable, else the configuration file. */
  Path dataDir() {
    Map<String, String> environment = System.getenv();
    Defaults defaults = Defaults.of(environment);
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    if (dataDir != null) {
      options.put(Setting.DATA_DIR, dataDir.toString());
    }
    Map<Setting, String> merged =
        SettingSources.merge(options, environment, configFile(environment), defaults);
    return Path.of(merged.getOrDefault(Setting.DATA_DIR, defaults.dataDir().toString()))
        .toAbsolutePath()
        .normalize();
  }

  static Optional<Path> configFile(Map<String, String> environment) {
    String named = environment.getOrDefault("COFFER_CONFIG", "");
    return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
  }

  /** Where the server said it can be reached when it last started. */
  Map<String, String> connections() {
    try {
      return ConnectFile.read(dataDir())
          .orElseThrow(() ->
              new ClientTrouble("no server has started with the data directory " + dataDir()));
    } catch (IOException e) {
      throw new ClientTrouble("cannot read how to connect in " + dataDir());
    }
  }
}
