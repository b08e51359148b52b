package io.coffer.tools;

import io.coffer.server.CofferServer;
import io.coffer.server.ConnectFile;
import io.coffer.server.Defaults;
import io.coffer.server.Logging;
import io.coffer.server.Rollback;
import io.coffer.server.Setting;
import io.coffer.server.SettingSources;
import io.coffer.server.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code coffer server}: serves until it is told to stop. */
@Command(
    name = "server",
    description = "Serves. Makes everything it needs on the first start.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped as it was asked to, by SIGTERM or SIGINT; calls in flight were finished",
      "1:a bug",
      "2:a setting is wrong",
      "69:the seal does not fit, or the data directory is in use, unusable or an older copy",
      "70:the disk failed while serving"
    },
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "lines of NAME = VALUE, named as the options (COFFER_CONFIG)")
  private @Nullable Path config;

  // No setting: it is for one start, and must not stay in a file.
  @Option(
      names = "--accept-rollback",
      description = "once, after a restore: the store is an older copy, and may be")
  private boolean acceptRollback;

  @Spec
  void addSettings(CommandSpec command) {
    spec = command;
    SettingOptions.add(command);
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = System.getenv();
    Settings settings = settings(environment);
    Logging.start(settings.logFormat(), settings.logLevel());
    SettingSources.warnOfUnknown(environment);
    CofferServer server =
        CofferServer.start(
            settings,
            Clock.systemUTC(),
            new Terminal(),
            acceptRollback ? Rollback.ACCEPT : Rollback.REFUSE);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  server.close();
                  // A JVM says 143 after a signal, however well it went: service managers would
                  // call every stop a failure.
                  Runtime.getRuntime().halt(0);
                }));
    if (!server.served().isDone()) {
      System.err.println(
          "coffer: sealed: nobody answered what the seal asks; open it with: coffer operator unseal --data-dir "
              + settings.dataDir());
    }
    System.out.println(ready(settings, server.served().join()));
    System.out.flush();
    new CountDownLatch(1).await();
    throw new AssertionError("only the end of the process ends it");
  }

  private Settings settings(Map<String, String> environment) {
    if (spec == null) {
      throw new AssertionError("a command outside a command line");
    }
    Defaults defaults = Defaults.of(environment);
    Optional<Path> file =
        config != null ? Optional.of(config) : DataDirOption.configFile(environment);
    Map<Setting, String> options = SettingOptions.given(spec.commandLine().getParseResult());
    return Settings.parse(SettingSources.merge(options, environment, file, defaults), defaults);
  }

  private static String ready(Settings settings, Map<String, String> at) {
    return "coffer ready: %s and %s; connect with: eval \"$(./coffer env --data-dir %s)\""
        .formatted(at.get(ConnectFile.URL), at.get(ConnectFile.DOCKER_HOST), settings.dataDir());
  }
}
