package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.engine.Engine;
import io.coffer.engine.Row;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bytes of keys, for those who look whether they are where they should not be. */
public final class RawKeys {
  private static final int ROWS_MAX = 100;

  private RawKeys() {}

  /** Every key of a keyring, by what it is. */
  public static Map<String, byte[]> of(Keyring keyring) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("index key", keyring.indexKey().lend(byte[]::clone));
    keys.put("token key", keyring.tokenKey().lend(byte[]::clone));
    keys.put("checkpoint seed", keyring.checkpointSeed().lend(byte[]::clone));
    keyring.terms().forEach(term -> keys.put("term " + term.id(), term.key().lend(byte[]::clone)));
    return keys;
  }

  /** Every data key and every tenant's key of a store that can be opened with them. */
  public static Map<String, byte[]> rows(Engine engine, Keyring keyring) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (Row row : engine.read(tx -> tx.scan(Bytes.utf8("k"), Bytes.utf8("l"), ROWS_MAX))) {
      for (Purpose purpose : List.of(Purpose.DATA_KEY, Purpose.TENANT_KEY)) {
        try (SecretBytes content = keyring.open(row.value(), new Place(purpose, row.key()))) {
          keys.put(
              purpose + " at " + row.key(),
              content.lend(bytes -> Arrays.copyOfRange(bytes, 1, bytes.length)));
        } catch (TamperedException _) {
          // Of the other purpose, or wrapped once more under a tenant's key.
        }
      }
    }
    return keys;
  }
}
