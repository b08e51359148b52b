package io.coffer.conformance.yandex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.conformance.LineProgram;
import io.coffer.conformance.cases.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client of Lockbox behind a program that takes and gives JSON a line. What goes in and comes out
 * is in the API's own JSON form; a change is answered with the operation once it is done.
 */
public final class LockboxProgram implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LineProgram program;

  LockboxProgram(LineProgram program) {
    this.program = program;
  }

  /** Throws {@link Refused} if the server refuses. */
  JsonNode ask(String verb, String request) {
    ObjectNode call = MAPPER.createObjectNode().put("verb", verb);
    call.set("request", Json.parse(request));
    JsonNode answer = Json.parse(program.ask(call.toString()));
    if (answer.has("refused")) {
      JsonNode refused = answer.path("refused");
      throw new Refused(refused.path("code").asInt(), refused.path("message").asText());
    }
    return answer;
  }

  /** Asks for something of one secret. */
  JsonNode askOf(String secretId, String verb) {
    return ask(verb, "{\"secretId\":\"%s\"}".formatted(secretId));
  }

  /** Creates a secret with text entries, {@code KEY=VALUE} each, and returns its id. */
  public String create(String folderId, String name, String... entries) {
    return ask(
            "create",
            """
            {"folderId":"%s","name":"%s","versionPayloadEntries":%s}
            """
                .formatted(folderId, name, entries(entries)))
        .at("/metadata/secretId")
        .asText();
  }

  /** Adds a version of text entries, {@code KEY=VALUE} each, and returns its id. */
  String addVersion(String secretId, String... entries) {
    return ask(
            "addVersion",
            """
            {"secretId":"%s","payloadEntries":%s}
            """
                .formatted(secretId, entries(entries)))
        .at("/metadata/versionId")
        .asText();
  }

  private static JsonNode entries(String... entries) {
    ArrayNode list = MAPPER.createArrayNode();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      list.addObject()
          .put("key", entry.substring(0, equals))
          .put("textValue", entry.substring(equals + 1));
    }
    return list;
  }

  /** The entries of a payload in order, {@code KEY=VALUE} each; a binary value is base64. */
  public List<String> payload(String secretId) {
    return entries(askOf(secretId, "payload"));
  }

  List<String> payload(String secretId, String versionId) {
    return entries(
        ask(
            "payload",
            """
            {"secretId":"%s","versionId":"%s"}
            """
                .formatted(secretId, versionId)));
  }

  private static List<String> entries(JsonNode payload) {
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : payload.path("entries")) {
      String value = entry.path(entry.has("textValue") ? "textValue" : "binaryValue").asText();
      entries.add(entry.path("key").asText() + "=" + value);
    }
    return entries;
  }

  /** The ids of a folder's secrets, page by page; throws if one comes twice. */
  Set<String> ids(String folderId, int pageSize) {
    Set<String> ids = new HashSet<>();
    String token = "";
    do {
      JsonNode page =
          ask(
              "list",
              """
              {"folderId":"%s","pageSize":%d,"pageToken":"%s"}
              """
                  .formatted(folderId, pageSize, token));
      for (JsonNode secret : page.path("secrets")) {
        if (!ids.add(secret.path("id").asText())) {
          throw new AssertionError("twice: " + secret.path("id"));
        }
      }
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return ids;
  }

  @Override
  public void close() {
    program.close();
  }
}
