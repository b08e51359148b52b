package io.coffer.tools;

import io.coffer.server.Setting;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes an option of every setting, so that there is one list of them. */
final class SettingOptions {
  private SettingOptions() {}

  static void add(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      command.addOption(
          OptionSpec.builder("--" + setting.option())
              .paramLabel(setting.parameter())
              .type(String.class)
              .description(setting.description() + " (" + setting.variable() + ")")
              .build());
    }
  }

  static Map<Setting, String> given(ParseResult parsed) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value = parsed.matchedOptionValue("--" + setting.option(), "");
      if (!value.isEmpty()) {
        given.put(setting, value);
      }
    }
    return given;
  }
}
