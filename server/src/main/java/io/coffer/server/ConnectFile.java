package io.coffer.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running server leaves in its data directory for clients on the same machine: where it
 * listens and where its certificate and the administrator's key are. No secret is in it. Names are
 * those of the environment variables that {@code coffer env} prints.
 */
public final class ConnectFile {
  public static final String DOCKER_HOST = "DOCKER_HOST";
  public static final String DOCKER_TLS_HOST = "COFFER_DOCKER_TLS_HOST";
  public static final String DOCKER_PLAINTEXT_HOST = "COFFER_DOCKER_PLAINTEXT_HOST";
  public static final String DOCKER_DRIVER = "COFFER_DOCKER_DRIVER";
  public static final String URL = "COFFER_URL";
  public static final String PLAINTEXT_URL = "COFFER_PLAINTEXT_URL";
  public static final String CA_CERTIFICATE = "COFFER_CACERT";
  public static final String FOLDER_ID = "COFFER_FOLDER_ID";
  public static final String DOCKER_FOLDER_ID = "COFFER_DOCKER_FOLDER_ID";
  public static final String KEY_FILE = "COFFER_KEY_FILE";

  private static final String NAME = "connect.properties";
  private static final List<String> ORDER =
      List.of(
          DOCKER_HOST,
          DOCKER_TLS_HOST,
          DOCKER_PLAINTEXT_HOST,
          DOCKER_DRIVER,
          URL,
          PLAINTEXT_URL,
          CA_CERTIFICATE,
          FOLDER_ID,
          DOCKER_FOLDER_ID,
          KEY_FILE);

  private ConnectFile() {}

  /** The variables that clients are told, of which a server started beside them is not set. */
  static boolean names(String variable) {
    return ORDER.contains(variable);
  }

  static void write(Path dataDir, Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    for (String name : ORDER) {
      if (values.containsKey(name)) {
        lines.add(name + "=" + values.get(name).replace("\\", "\\\\"));
      }
    }
    OwnerFile.write(dataDir.resolve(NAME), String.join("\n", lines) + "\n");
  }

  /** What the last start left, in a fixed order; empty if there was none. */
  public static Optional<Map<String, String>> read(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(in);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : ORDER) {
      String value = read.getProperty(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Optional.of(values);
  }
}
