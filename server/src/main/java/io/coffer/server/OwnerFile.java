package io.coffer.server;

import io.coffer.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file that only its owner may read: whole and on the disk, or not at all. */
public final class OwnerFile {
  private OwnerFile() {}

  /** The caller closes {@code content}. */
  public static void write(Path file, SecretBytes content) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        throw new AssertionError("a file in no folder");
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path partial = folder.resolve("." + file.getFileName() + ".new");
      Files.deleteIfExists(partial);
      try (FileChannel out =
          FileChannel.open(
              partial,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        write(out, content);
        out.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public static void write(Path file, String content) {
    try (SecretBytes bytes = SecretBytes.takeOver(content.getBytes(StandardCharsets.UTF_8))) {
      write(file, bytes);
    }
  }

  private static void write(FileChannel out, SecretBytes content) throws IOException {
    ByteBuffer buffer = content.lend(ByteBuffer::wrap);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
