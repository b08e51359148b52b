package io.coffer.conformance.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Cases and lists of ids, read from the class path. */
public final class Corpus {
  private Corpus() {}

  /** The cases of {@code resource}, one JSON object a line. */
  public static <T> List<T> cases(String resource, Function<JsonNode, T> reader) {
    return text(resource)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Json::parse)
        .map(reader)
        .toList();
  }

  /** The ids in {@code resource}, one a line; lines that begin with # are comments. */
  public static Set<String> ids(String resource) {
    Set<String> ids = new LinkedHashSet<>();
    text(resource)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(ids::add);
    return ids;
  }

  /** The text of {@code resource}, whose name is absolute. */
  public static String text(String resource) {
    try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("no resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
