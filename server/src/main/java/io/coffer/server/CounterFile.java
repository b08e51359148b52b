package io.coffer.server;

import io.coffer.Bytes;
import io.coffer.audit.Head;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.Same;
import io.coffer.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a store has come, kept beside its seal key and not among its data. One line:
 *
 * <pre>
 *   coffer-counter-1:CHAIN:SEQUENCE:DIGEST:TAG
 * </pre>
 *
 * <p>Decimal numbers, then hex digits: of the audit block's SHA-256, and of the keyring's {@link
 * Keyring#index} of all that and the id of the store. Nothing in it is secret.
 */
final class CounterFile {
  private static final Pattern LINE =
      Pattern.compile(
          "(coffer-counter-1:([0-9]{1,18}):([0-9]{1,18}):([0-9a-f]{64})):([0-9a-f]{32})\\R?");
  private static final int SIZE_MAX = 256;

  private final Path path;
  private final String storeId;
  private final Keyring keyring;

  CounterFile(Path folder, String storeId, Keyring keyring) {
    this.path = folder.resolve("counter-" + storeId.substring(0, 8));
    this.storeId = storeId;
    this.keyring = keyring;
  }

  Path path() {
    return path;
  }

  /**
   * What was written last; nothing if nothing was.
   *
   * @throws EngineException.Unavailable if it is not as this store wrote it
   */
  Optional<Head> read() {
    String text;
    try {
      if (Files.size(path) > SIZE_MAX) {
        throw foreign();
      }
      text = Files.readString(path);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    Matcher line = LINE.matcher(text);
    if (!line.matches() || !Same.inConstantTime(tag(line.group(1)), hex(line.group(5)))) {
      throw foreign();
    }
    return Optional.of(
        new Head(Long.parseLong(line.group(2)), Long.parseLong(line.group(3)), hex(line.group(4))));
  }

  /** Throws {@link UncheckedIOException} if it cannot be written. */
  void write(Head head) {
    String told =
        "coffer-counter-1:%d:%d:%s".formatted(head.chain(), head.sequence(), head.digest().hex());
    OwnerFile.write(path, told + ":" + tag(told).hex() + "\n");
  }

  private Bytes tag(String told) {
    return keyring.index(Bytes.utf8("rollback counter\0" + storeId + "\0" + told));
  }

  private static Bytes hex(String digits) {
    return Bytes.takeOver(HexFormat.of().parseHex(digits));
  }

  private EngineException foreign() {
    return new EngineException.Unavailable(
        "%s is not as this store wrote it: it tells whether the store was put back to an earlier state, and without it nothing does. If you know why, move it away and start again"
            .formatted(path));
  }
}
