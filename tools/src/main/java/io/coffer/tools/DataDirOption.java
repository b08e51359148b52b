package io.coffer.tools;

import io.coffer.server.ConnectFile;
import io.coffer.server.Defaults;
import io.coffer.server.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local server a command is about. */
final class DataDirOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where the server keeps everything (COFFER_DATA_DIR)")
  private @Nullable Path dataDir;

  Path dataDir() {
    if (dataDir != null) {
      return dataDir.toAbsolutePath().normalize();
    }
    Map<String, String> environment = System.getenv();
    String variable = environment.getOrDefault(Setting.DATA_DIR.variable(), "");
    return variable.isEmpty()
        ? Defaults.of(environment).dataDir()
        : Path.of(variable).toAbsolutePath().normalize();
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
