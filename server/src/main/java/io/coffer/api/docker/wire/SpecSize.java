package io.coffer.api.docker.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a spec is on an engine's internal wire, in Protocol Buffers, since two of its limits
 * are limits of that wire: no request to its manager over 4 MiB, no object in its log over 1.5 MiB.
 */
final class SpecSize {
  static final long MESSAGE_MAX = 4_194_304;
  static final long OBJECT_MAX = 1_572_864;

  /** What the log adds to a spec, about: id, times, version and the frames around them. */
  private static final long OBJECT_FRAME = 96;

  private SpecSize() {}

  static void requireMessage(SecretSpec spec) {
    long size = field(of(spec));
    if (size > MESSAGE_MAX) {
      throw SecretErrors.messageTooLarge(size);
    }
  }

  static void requireObject(SecretSpec spec) {
    if (of(spec) + OBJECT_FRAME > OBJECT_MAX) {
      throw SecretErrors.objectTooLarge();
    }
  }

  private static long of(SecretSpec spec) {
    long annotations = text(spec.name()) + map(spec.labels());
    long data = spec.data().length() == 0 ? 0 : field(spec.data().length());
    return field(annotations) + data + driver(spec.templating()) + driver(spec.driver());
  }

  private static long driver(@Nullable Driver driver) {
    return driver == null ? 0 : field(text(driver.name()) + map(driver.options()));
  }

  private static long map(Map<String, String> map) {
    long size = 0;
    for (Map.Entry<String, String> entry : map.entrySet()) {
      size += field(field(bytes(entry.getKey())) + field(bytes(entry.getValue())));
    }
    return size;
  }

  private static long text(String text) {
    return text.isEmpty() ? 0 : field(bytes(text));
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A field of {@code length} bytes with its tag and length before it. */
  private static long field(long length) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(length | 1);
    return 1 + (bits + 6) / 7 + length;
  }
}
