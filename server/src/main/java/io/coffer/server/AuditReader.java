package io.coffer.server;

import io.coffer.audit.AuditJson;
import io.coffer.audit.Inspection;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SealedEngine;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.rocksdb.RocksBackend;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the audit trail of a data directory, read only, also of one that a server has open. */
public final class AuditReader {
  private AuditReader() {}

  /** What came of it. */
  public record Report(boolean sound, String sentence) {}

  /** As below, where nobody has to be asked for the seal. */
  public static Report walk(Settings settings, Consumer<String> lines) {
    return walk(settings, Custodian.NOBODY, lines);
  }

  /**
   * Walks the trail of {@code settings}' data directory.
   *
   * @param custodian is asked for what the seal keeps in no file
   * @param lines is given every record of every block that fits, as JSON
   */
  public static Report walk(Settings settings, Custodian custodian, Consumer<String> lines) {
    Path folder = settings.dataDir().resolve(Store.FOLDER);
    if (Store.header(folder).isEmpty()) {
      throw new EngineException.Unavailable("there is no store in " + settings.dataDir());
    }
    try (Engine frozen = RocksBackend.openReadOnly(folder)) {
      // The header of the same moment: a server may change it, and seal by a newer term at once.
      StoreHeader header = frozen.read(StoreHeader::read).orElseThrow();
      Keyring keyring =
          Opening.open(header, Seals.open(settings.seal(), header, new SystemEntropy(), custodian));
      return report(
          new SealedEngine(frozen, keyring)
              .read(tx ->
                  Inspection.walk(tx, keyring, record -> lines.accept(AuditJson.line(record)))));
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
