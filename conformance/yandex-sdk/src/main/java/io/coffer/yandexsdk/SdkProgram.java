package io.coffer.yandexsdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * Reads a call as JSON a line and answers each with JSON a line:
 *
 * <pre>
 * {"verb":VERB,"request":REQUEST}  → the answer
 * anything that is refused         → {"refused":{"code":CODE,"message":WORDS}}
 * </pre>
 */
public final class SdkProgram {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SdkProgram() {}

  /**
   * {@code HOST:PORT CREDENTIAL}: where to discover the services, and who logs in, by the file of
   * an authorized key, an IAM token, or {@code Api-Key} and an API key.
   */
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
    SdkClient client = SdkClient.connect(arguments[0], arguments[1]);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(client, MAPPER.readTree(line)));
    }
  }

  private static String answer(SdkClient client, JsonNode call)
      throws InterruptedException, InvalidProtocolBufferException {
    try {
      return client.answer(call.path("verb").asText(), call.path("request").toString());
    } catch (StatusRuntimeException e) {
      ObjectNode answer = MAPPER.createObjectNode();
      answer
          .putObject("refused")
          .put("code", e.getStatus().getCode().value())
          .put("message", String.valueOf(e.getStatus().getDescription()));
      return answer.toString();
    }
  }
}
