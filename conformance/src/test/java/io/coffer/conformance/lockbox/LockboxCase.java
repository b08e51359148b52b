package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cases.Members;
import java.util.List;
import java.util.Set;

/** A case: steps until one fails, and the names of what must be supplied for it to run. */
record LockboxCase(
    String id, String title, String confidence, List<Step> steps, List<String> requires) {
  private static final Set<String> KNOWN =
      Set.of("id", "title", "source", "confidence", "steps", "requires");

  static LockboxCase of(JsonNode line) {
    Members members = Members.of(line, KNOWN);
    return new LockboxCase(
        members.text("id"),
        members.text("title"),
        members.text("confidence"),
        members.list("steps", Step::of),
        members.list("requires", JsonNode::textValue));
  }

  static List<LockboxCase> corpus() {
    return Corpus.cases("/lockbox/cases.jsonl", LockboxCase::of);
  }
}
