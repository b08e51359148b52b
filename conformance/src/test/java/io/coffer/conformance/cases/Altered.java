package io.coffer.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Cases made wrong on purpose, to prove that a runner looks. */
public final class Altered {
  private static final int OFF = 1;

  private Altered() {}

  /** {@code line} with every expected status replaced by one that no answer has. */
  public static JsonNode statuses(JsonNode line) {
    JsonNode copy = line.deepCopy();
    alter(copy);
    return copy;
  }

  private static void alter(JsonNode node) {
    if (node.path("expect") instanceof ObjectNode expect && expect.has("status")) {
      expect.set("status", altered(expect.get("status")));
    }
    node.forEach(Altered::alter);
  }

  private static JsonNode altered(JsonNode status) {
    if (status.isInt()) {
      return IntNode.valueOf(status.intValue() + OFF);
    }
    if (status instanceof ArrayNode list) {
      return list.arrayNode().add(list.get(list.size() - 1).intValue() + OFF);
    }
    return TextNode.valueOf("{oneof:999}");
  }
}
