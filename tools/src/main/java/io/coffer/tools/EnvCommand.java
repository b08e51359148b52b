package io.coffer.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eval "$(coffer env)"}: what clients of the local server read from their environment. */
@Command(
    name = "env",
    description = "Prints shell exports for clients of the local server, with a fresh token.",
    mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
  @Mixin private final DataDirOption directory = new DataDirOption();

  @Override
  public Integer call() {
    Map<String, String> exports = new LinkedHashMap<>(directory.connections());
    exports.put("COFFER_TOKEN", AdminLogin.token(exports));
    exports.forEach((name, value) -> System.out.println("export " + name + "=" + quoted(value)));
    return 0;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
