package io.coffer.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code coffer env} tells clients: lines of {@code export NAME='value'}. */
public record ClientEnvironment(Map<String, String> values) {
  private static final Pattern EXPORT =
      Pattern.compile("export ([A-Z_]+)='((?:[^']|'\\\\'')*)'", Pattern.DOTALL);
  private static final String UNIX = "unix://";

  public ClientEnvironment {
    values = Map.copyOf(values);
  }

  /** Throws {@link AssertionError} if a line is anything but an export. */
  static ClientEnvironment parse(String exports) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : exports.lines().filter(each -> !each.isBlank()).toList()) {
      Matcher export = EXPORT.matcher(line);
      if (!export.matches()) {
        throw new AssertionError("not an export: " + line.replaceAll("=.*", "=…"));
      }
      values.put(export.group(1), export.group(2).replace("'\\''", "'"));
    }
    return new ClientEnvironment(values);
  }

  /** Throws {@link AssertionError} if the server has no such thing. */
  public String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new AssertionError("coffer env exports no " + name + ", only " + values.keySet());
    }
    return value;
  }

  /** As the docker command takes it: {@code unix://PATH}. */
  public String dockerHost() {
    return value("DOCKER_HOST");
  }

  public Path dockerSocket() {
    String host = dockerHost();
    if (!host.startsWith(UNIX)) {
      throw new AssertionError("DOCKER_HOST is no Unix socket: " + host);
    }
    return Path.of(host.substring(UNIX.length()));
  }

  public URI url() {
    return URI.create(value("COFFER_URL"));
  }

  public URI plaintextUrl() {
    return URI.create(value("COFFER_PLAINTEXT_URL"));
  }

  public Path caCertificate() {
    return Path.of(value("COFFER_CACERT"));
  }

  public String folderId() {
    return value("COFFER_FOLDER_ID");
  }

  public String dockerFolderId() {
    return value("COFFER_DOCKER_FOLDER_ID");
  }

  public String token() {
    return value("COFFER_TOKEN");
  }

  public Path keyFile() {
    return Path.of(value("COFFER_KEY_FILE"));
  }

  /** The names only: among the values is a token. */
  @Override
  public String toString() {
    return "ClientEnvironment" + values.keySet();
  }
}
