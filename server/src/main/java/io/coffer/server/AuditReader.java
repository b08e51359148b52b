package io.coffer.server;

import io.coffer.audit.AuditJson;
import io.coffer.audit.Inspection;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.seal.FileSeal;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.EngineException;
import io.coffer.engine.rocksdb.RocksBackend;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the audit trail of a data directory, read only, also of one that a server has open. */
public final class AuditReader {
  private AuditReader() {}

  /** What came of it. */
  public record Report(boolean sound, String sentence) {}

  /**
   * Walks the trail of {@code settings}' data directory.
   *
   * @param lines is given every record of every block that fits, as JSON
   */
  public static Report walk(Settings settings, Consumer<String> lines) {
    Path folder = settings.dataDir().resolve(Store.FOLDER);
    StoreHeader header =
        RocksBackend.peek(folder, SealedEngine.HEADER_KEY)
            .map(StoreHeader::decode)
            .orElseThrow(() ->
                new EngineException.Unavailable("there is no store in " + settings.dataDir()));
    Keyring keyring = Opening.open(header, FileSeal.load(settings.sealFile()));
    try (SealedEngine engine = new SealedEngine(RocksBackend.openReadOnly(folder), keyring)) {
      return report(
          engine.read(
              tx -> Inspection.walk(tx, keyring, record -> lines.accept(AuditJson.line(record)))));
    }
  }

  private static Report report(Inspection.Finding finding) {
    return switch (finding) {
      case Inspection.Finding.Sound(var chains, var blocks, var records, var unsigned) ->
          new Report(
              true,
              "sound: %d records in %d blocks of %d chains, the last %d after the last checkpoint"
                  .formatted(records, blocks, chains, unsigned));
      case Inspection.Finding.Broken(var chain, var sequence, var reason) ->
          new Report(false, "broken: block %d of chain %d %s".formatted(sequence, chain, reason));
    };
  }
}
