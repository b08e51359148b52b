package io.coffer.conformance.promises;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every file below a directory: its bytes and when it was last written. */
record Snapshot(Map<Path, Entry> files) {
  /** A file; directories have no bytes and no time of their own that matters. */
  record Entry(int length, int hash, FileTime written) {}

  static Snapshot of(Path directory) throws IOException {
    Map<Path, Entry> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(each);
        files.put(
            directory.relativize(each),
            new Entry(
                bytes.length, java.util.Arrays.hashCode(bytes), Files.getLastModifiedTime(each)));
      }
    }
    return new Snapshot(files);
  }
}
