package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cases.Members;
import java.util.List;
import java.util.Set;

/** A case: steps until one fails, then {@code cleanup}, whose failures do not count. */
record DockerCase(String id, String title, Set<String> tags, List<Step> steps, List<Step> cleanup) {
  private static final Set<String> KNOWN = Set.of("id", "title", "tags", "steps", "cleanup");

  static DockerCase of(JsonNode line) {
    Members members = Members.of(line, KNOWN);
    return new DockerCase(
        members.text("id"),
        members.text("title"),
        Set.copyOf(members.list("tags", JsonNode::textValue)),
        members.list("steps", Step::of),
        members.list("cleanup", Step::of));
  }

  static List<DockerCase> corpus() {
    return Corpus.cases("/docker/cases.jsonl", DockerCase::of);
  }
}
