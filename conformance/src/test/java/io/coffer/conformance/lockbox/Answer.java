package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** An HTTP answer. */
record Answer(int status, HttpHeaders headers, String text) {
  @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** Throws {@link Mismatch} if the body is not JSON. */
  JsonNode json() {
    return Json.parse(text);
  }
}
