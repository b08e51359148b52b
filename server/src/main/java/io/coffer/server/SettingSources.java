package io.coffer.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings together what was set where: options before variables, variables before the file. */
public final class SettingSources {
  private static final Logger log = LoggerFactory.getLogger(SettingSources.class);
  private static final int NAME_MAX = 30;
  private static final Pattern VARIABLE = Pattern.compile("COFFER_[A-Z0-9_]{1,60}");

  /** What the launcher, the command line and {@code coffer env} have beside settings. */
  private static final Set<String> OTHERS =
      Set.of("COFFER_CONFIG", "COFFER_JAVA_OPTS", "COFFER_TOKEN");

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

  /**
   * Says in the log which variables look like settings and are none. Not a mistake: orchestrators
   * put variables of their own into the environment, {@code COFFER_PORT} for a service called
   * coffer.
   */
  public static void warnOfUnknown(Map<String, String> environment) {
    unknown(environment.keySet())
        .forEach(name ->
            log.atWarn().addKeyValue("variable", name).log("no setting is called like this"));
  }

  static List<String> unknown(Set<String> variables) {
    return variables.stream()
        .filter(name -> VARIABLE.matcher(name).matches())
        .filter(name -> !isKnown(name))
        .sorted()
        .toList();
  }

  private static boolean isKnown(String variable) {
    return OTHERS.contains(variable)
        || ConnectFile.names(variable)
        || Arrays.stream(Setting.values()).anyMatch(s -> s.variable().equals(variable));
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
