package io.coffer.tools;

import io.coffer.crypto.seal.SealSpec;
import io.coffer.server.Defaults;
import io.coffer.server.Setting;
import io.coffer.server.SettingSources;
import io.coffer.server.Settings;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What opens the store of a local data directory. */
final class SealOption {
  @Option(
      names = "--seal",
      paramLabel = "SEAL",
      description = "what guards the root key (COFFER_SEAL): " + SealSpec.FORMS)
  private @Nullable String seal;

  Settings settings(DataDirOption directory) {
    Map<String, String> environment = System.getenv();
    Defaults defaults = Defaults.of(environment);
    Map<Setting, String> options = new EnumMap<>(Setting.class);
    options.put(Setting.DATA_DIR, directory.dataDir().toString());
    if (seal != null) {
      options.put(Setting.SEAL, seal);
    }
    return Settings.parse(
        SettingSources.merge(options, environment, DataDirOption.configFile(environment), defaults),
        defaults);
  }
}
