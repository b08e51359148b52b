package io.coffer.yandexsdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a command a line, its words parted by tabs, and answers each with a line of the same form:
 *
 * <pre>
 * create FOLDER NAME KEY TEXT  → created SECRET VERSION OPERATION
 * read SECRET                  → payload VERSION (KEY text|binary BASE64)...
 * anything that is refused     → refused STATUS DESCRIPTION
 * </pre>
 */
public final class SdkProgram {
  private SdkProgram() {}

  /** {@code HOST:PORT KEY_FILE}: where to discover the services, and who logs in. */
  public static void main(String[] arguments) {
    try {
      serve(arguments);
    } catch (Throwable trouble) {
      trouble.printStackTrace();
      System.exit(1);
    }
    // The SDK's channels have threads that are no daemons and that nobody can reach.
    System.exit(0);
  }

  private static void serve(String[] arguments) throws IOException, InterruptedException {
    SdkClient client = SdkClient.connect(arguments[0], Path.of(arguments[1]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(String.join("\t", answer(client, Arrays.asList(line.split("\t", -1)))));
    }
  }

  private static List<String> answer(SdkClient client, List<String> words)
      throws InterruptedException {
    try {
      return switch (words.getFirst()) {
        case "create" -> client.create(words.get(1), words.get(2), words.get(3), words.get(4));
        case "read" -> client.read(words.get(1));
        default -> List.of("unknown", words.getFirst());
      };
    } catch (StatusRuntimeException e) {
      return List.of(
          "refused",
          e.getStatus().getCode().name(),
          String.valueOf(e.getStatus().getDescription()).replaceAll("\\s", " "));
    }
  }
}
