package io.coffer.tools;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.coffer.server.ConnectFile;
import io.coffer.server.Mistakes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls of the local administrator, over REST. What is refused is told in the server's words. */
final class Api {
  private static final String INVALID_ARGUMENT = "3";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String url;
  private final Path ca;
  private final String token;

  private Api(String url, Path ca, String token) {
    this.url = url;
    this.ca = ca;
    this.token = token;
  }

  /**
   * Logs in.
   *
   * @param connections as in {@link ConnectFile}
   */
  static Api login(Map<String, String> connections) {
    String token = AdminLogin.token(connections);
    return new Api(
        AdminLogin.require(connections, ConnectFile.URL),
        Path.of(AdminLogin.require(connections, ConnectFile.CA_CERTIFICATE)),
        token);
  }

  /** Reads the answer into {@code answer}. */
  <B extends Message.Builder> B get(String path, B answer) {
    return merge(send(request(path).GET()), answer);
  }

  /** As {@link #get}, with a request. */
  <B extends Message.Builder> B post(String path, Message request, B answer) {
    return merge(post(path, request), answer);
  }

  /** The answer as it is, for those whose operation says nothing that is wanted. */
  String post(String path, Message request) {
    try {
      String body = JsonFormat.printer().print(request);
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a message that does not print", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  private static <B extends Message.Builder> B merge(String json, B answer) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, answer);
      return answer;
    } catch (InvalidProtocolBufferException e) {
      throw new ClientTrouble("the server's answer is not what this command knows");
    }
  }

  private String send(HttpRequest.Builder builder) {
    try {
      HttpResponse<String> answer = AdminLogin.send(builder.build(), ca);
      if (answer.statusCode() != 200) {
        Map<String, String> members = AdminLogin.members(answer.body());
        String sentence =
            "the server refused: " + members.getOrDefault("message", "no reason given");
        throw INVALID_ARGUMENT.equals(members.get("code"))
            ? new Mistakes(List.of(sentence))
            : new ClientTrouble(sentence);
      }
      return answer.body();
    } catch (IOException e) {
      throw new ClientTrouble("no answer from " + url + ": " + e.getClass().getSimpleName());
    } catch (GeneralSecurityException e) {
      throw new ClientTrouble("the server's certificate " + ca + " is not as it was made");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientTrouble("interrupted");
    }
  }
}
