package io.coffer.engine;

import io.coffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the notes of a batch, as text, to one row; the next row once that one is durable. */
final class NoteTail implements BatchTail {
  static final Bytes FROM = Bytes.utf8("a/");
  static final Bytes TO = Bytes.utf8("a0");

  private final List<String> durable = new ArrayList<>();
  private List<String> pending = List.of();
  private int sequence;

  @Override
  public List<Put> close(List<Bytes> notes) {
    if (!pending.isEmpty()) {
      throw new AssertionError("closed twice");
    }
    pending = notes.stream().map(NoteTail::text).toList();
    String row = pending.stream().collect(Collectors.joining(","));
    return List.of(new Put(Bytes.utf8("a/%06d".formatted(sequence)), Bytes.utf8(row)));
  }

  @Override
  public void settle(boolean committed) {
    if (pending.isEmpty()) {
      throw new AssertionError("settled twice");
    }
    if (committed) {
      durable.addAll(pending);
      sequence++;
    }
    pending = List.of();
  }

  /** What the tail was told is durable. Ask when no write is under way. */
  List<String> durable() {
    return durable;
  }

  /** What is stored. */
  static List<String> stored(Engine engine) {
    return engine.read(tx ->
        tx.scan(FROM, TO, Limits.SCAN_MAX).stream()
            .flatMap(row -> List.of(text(row.value()).split(",")).stream())
            .toList());
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
