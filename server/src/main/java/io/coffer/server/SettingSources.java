package io.coffer.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Brings together what was set where: options before variables, variables before the file. */
public final class SettingSources {
  private static final int NAME_MAX = 30;

  private SettingSources() {}

  /**
   * Every setting that was set anywhere.
   *
   * @param options as on the command line
   * @param environment of the process; empty variables count as not set
   * @param configFile given by name, which must exist; or the default one, which may
   * @throws Mistakes if the file cannot be read or has a line that means nothing
   */
  public static Map<Setting, String> merge(
      Map<Setting, String> options,
      Map<String, String> environment,
      Optional<Path> configFile,
      Defaults defaults) {
    Map<Setting, String> merged = new EnumMap<>(Setting.class);
    if (configFile.isPresent()) {
      merged.putAll(read(configFile.get()));
    } else if (Files.exists(defaults.configFile())) {
      merged.putAll(read(defaults.configFile()));
    }
    for (Setting setting : Setting.values()) {
      String value = environment.getOrDefault(setting.variable(), "");
      if (!value.isEmpty()) {
        merged.put(setting, value);
      }
    }
    merged.putAll(options);
    return merged;
  }

  /** A line without a name may be anything, also a key pasted by mistake. */
  private static String shown(String name) {
    return name.matches("[a-z]+(-[a-z]+){0,3}") && name.length() <= NAME_MAX
        ? name
        : "as one of its lines begins";
  }

  private static Map<Setting, String> read(Path file) {
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new Mistakes(List.of(file + ": cannot be read as lines of NAME = VALUE"));
    }
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    List<String> mistakes = new ArrayList<>();
    for (String name : lines.stringPropertyNames()) {
      Setting.ofOption(name)
          .ifPresentOrElse(
              setting -> settings.put(setting, lines.getProperty(name)),
              () -> mistakes.add(file + ": no setting is called " + shown(name)));
    }
    if (!mistakes.isEmpty()) {
      mistakes.sort(null);
      throw new Mistakes(mistakes);
    }
    return settings;
  }
}
