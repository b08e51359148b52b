package io.coffer.tools;

import io.coffer.server.CofferServer;
import io.coffer.server.ConnectFile;
import io.coffer.server.Defaults;
import io.coffer.server.Logging;
import io.coffer.server.Setting;
import io.coffer.server.Settings;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts a server on nothing, uses both doors a little, and stops: what the build runs while the
 * virtual machine records its ahead-of-time cache, so that real starts are fast.
 */
@Command(name = "train", hidden = true, mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final int ROUNDS = 200;

  @Override
  public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("coffer-train");
    try {
      Map<Setting, String> given = new EnumMap<>(Setting.class);
      given.put(Setting.DATA_DIR, folder.resolve("data").toString());
      given.put(Setting.SEAL, "file:" + folder.resolve("seal/seal.key"));
      given.put(Setting.LISTEN, "127.0.0.1:0");
      given.put(Setting.LOG_LEVEL, "warn");
      Settings settings = Settings.parse(given, Defaults.of(Map.of()));
      Logging.start(settings.logFormat(), settings.logLevel());
      try (CofferServer server = CofferServer.start(settings, Clock.systemUTC())) {
        use(settings, server.connections());
      }
      return 0;
    } finally {
      remove(folder);
    }
  }

  private static void use(Settings settings, Map<String, String> at)
      throws IOException, InterruptedException, GeneralSecurityException {
    String token = AdminLogin.token(at);
    String secrets = at.get(ConnectFile.URL) + "/lockbox/v1/secrets";
    Path ca = Path.of(Optional.ofNullable(at.get(ConnectFile.CA_CERTIFICATE)).orElseThrow());
    try (SocketChannel docker = SocketChannel.open(StandardProtocolFamily.UNIX);
        HttpClient http = HttpClient.newBuilder().sslContext(AdminLogin.trusting(ca)).build()) {
      docker.connect(UnixDomainSocketAddress.of(settings.dockerSocket()));
      for (int i = 0; i < ROUNDS; i++) {
        String made =
            ask(
                docker,
                "POST",
                "/v1.41/secrets/create",
                "{\"Name\":\"train-%d\",\"Labels\":{\"a\":\"b\"},\"Data\":\"c2VjcmV0\"}"
                    .formatted(i));
        String id = made.substring(made.indexOf("\"ID\":\"") + 6).substring(0, 25);
        ask(docker, "GET", "/v1.41/secrets/" + id, "");
        call(http, token, "GET", secrets + "/" + id, "");
        call(http, token, "GET", secrets + "/" + id + "/payload", "");
        call(
            http,
            token,
            "POST",
            secrets,
            "{\"folderId\":\"%s\",\"name\":\"n\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}"
                .formatted(at.get(ConnectFile.FOLDER_ID)));
        ask(docker, "DELETE", "/v1.41/secrets/train-" + i, "");
      }
      ask(docker, "GET", "/v1.41/secrets", "");
    }
  }

  private static void call(HttpClient http, String token, String method, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IOException(method + " was answered with " + status);
    }
  }

  private static String ask(SocketChannel docker, String method, String path, String body)
      throws IOException {
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    String request =
        "%s %s HTTP/1.1\r\nHost: docker\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, type, body.length(), body);
    ByteBuffer out = StandardCharsets.US_ASCII.encode(request);
    while (out.hasRemaining()) {
      docker.write(out);
    }
    String answer = read(docker);
    if (!answer.startsWith("HTTP/1.1 20")) {
      throw new IOException(method + " was answered with " + answer.lines().findFirst());
    }
    return answer;
  }

  private static String read(SocketChannel docker) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1 << 20);
    String answer = "";
    while (!isWhole(answer)) {
      if (docker.read(in) < 0) {
        throw new IOException("the connection ended");
      }
      answer = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
    }
    return answer;
  }

  /** Bodies of this door end with a line feed; what has no body has no type. */
  private static boolean isWhole(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    boolean hasBody = answer.toLowerCase(Locale.ROOT).contains("content-type");
    return end >= 0 && (!hasBody || (answer.endsWith("\n") && answer.length() > end + 4));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
