package io.coffer.tools;

import io.coffer.server.AuditReader;
import io.coffer.server.Defaults;
import io.coffer.server.Setting;
import io.coffer.server.SettingSources;
import io.coffer.server.Settings;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coffer audit}: the trail, read where it is kept, whether or not the server runs. */
@Command(
    name = "audit",
    description = "Reads the audit trail of the local data directory.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  @Command(
      name = "verify",
      description = "Walks the chains; names the first block that does not fit.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    AuditReader.Report report = AuditReader.walk(seal.settings(directory), _ -> {});
    System.out.println(report.sentence());
    return report.sound() ? 0 : 1;
  }

  @Command(
      name = "export",
      description = "Prints every record as a line of JSON, oldest first.",
      mixinStandardHelpOptions = true)
  int export(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    // Not closed: it would close standard output with it.
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
    AuditReader.Report report = AuditReader.walk(seal.settings(directory), out::println);
    out.flush();
    if (System.out.checkError()) {
      throw new ClientTrouble("the export was not written to its end");
    }
    if (!report.sound()) {
      System.err.println("coffer: " + report.sentence());
    }
    return report.sound() ? 0 : 1;
  }

  /** What opens the store. */
  static final class SealOption {
    @Option(
        names = "--seal",
        paramLabel = "file:PATH",
        description = "what guards the root key (COFFER_SEAL)")
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
          SettingSources.merge(
              options, environment, DataDirOption.configFile(environment), defaults),
          defaults);
    }
  }
}
