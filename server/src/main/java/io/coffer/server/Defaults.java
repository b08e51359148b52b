package io.coffer.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where things are if nobody says: in the folders of the XDG base directory specification. */
public record Defaults(Path dataDir, Path sealFile, Path configFile, PluginPath plugins) {
  /**
   * The defaults of this user.
   *
   * @param environment of the process
   */
  public static Defaults of(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")));
    Path data = folder(environment, "XDG_DATA_HOME", home.resolve(".local/share"));
    Path config = folder(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    return new Defaults(
        data.resolve("coffer"),
        config.resolve("coffer/seal.key"),
        config.resolve("coffer/coffer.conf"),
        System.getProperty("user.name", "").equals("root")
            ? PluginPath.OF_ROOT
            : PluginPath.ofUser(
                Optional.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(Path::of),
                config,
                home));
  }

  private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
    String set = environment.getOrDefault(variable, "");
    return set.isEmpty() ? otherwise : Path.of(set);
  }
}
