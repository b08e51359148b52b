package io.coffer.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.conformance.LineProgram;
import io.coffer.conformance.cases.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A library of another language, behind a program that takes and gives JSON a line. */
final class ProgramClient implements SecretsClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LineProgram program;

  ProgramClient(LineProgram program) {
    this.program = program;
  }

  @Override
  public String create(String name, String data, Map<String, String> labels) {
    return ask(call("create")
            .put("name", name)
            .put("data", Base64.getEncoder().encodeToString(data.getBytes(UTF_8)))
            .<ObjectNode>set("labels", MAPPER.valueToTree(labels)))
        .path("id")
        .asText();
  }

  @Override
  public List<String> names(Map<String, List<String>> filters) {
    JsonNode answer = ask(call("list").set("filters", MAPPER.valueToTree(filters)));
    List<String> names = new ArrayList<>();
    answer.path("names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** The id, the index of the version and the labels of a secret. */
  JsonNode inspect(String reference) {
    return ask(call("inspect").put("reference", reference));
  }

  void update(String id, int index, String name, Map<String, String> labels) {
    ask(
        call("update")
            .put("reference", id)
            .put("index", index)
            .put("name", name)
            .<ObjectNode>set("labels", MAPPER.valueToTree(labels)));
  }

  @Override
  public void remove(String id) {
    ask(call("remove").put("reference", id));
  }

  private static ObjectNode call(String verb) {
    return MAPPER.createObjectNode().put("verb", verb);
  }

  private JsonNode ask(ObjectNode call) {
    JsonNode answer = Json.parse(program.ask(call.toString()));
    if (answer.has("status")) {
      throw new Refused(
          answer.path("status").asInt(),
          answer.path("kind").asText(),
          answer.path("message").asText());
    }
    return answer;
  }

  @Override
  public void close() {
    program.close();
  }
}
