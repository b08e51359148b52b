package io.coffer.crypto.seal;

import io.coffer.Bytes;
import io.coffer.crypto.SealedEngine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.Optional;

/**
 * The first row of a store, at {@link SealedEngine#HEADER_KEY}, the one that is readable without a
 * key: it says which seal the store needs, and keeps the keyring for it. Nothing in it can be
 * changed without the keyring refusing to open, since that is sealed to all the rest.
 *
 * @param storeId 32 of {@code [0-9a-f]}, drawn when the store was made
 * @param sealKind as {@link Seal#kind}
 * @param sealFingerprint as {@link Seal#fingerprint}
 * @param sealParameters as {@link Seal#parameters}
 * @param wrappedRootKey by the seal
 * @param sealedKeyring by the root key
 */
public record StoreHeader(
    String storeId,
    String sealKind,
    String sealFingerprint,
    Bytes sealParameters,
    Bytes wrappedRootKey,
    Bytes sealedKeyring) {

  /** Drawn in {@code StoreHeaderCodec}. */
  public Bytes encode() {
    return StoreHeaderCodec.encode(this);
  }

  /**
   * The header that {@link #encode} wrote. It may still have been tampered with: {@link Opening}
   * finds out.
   *
   * @throws SealException if a later release wrote it
   * @throws io.coffer.crypto.TamperedException if it is no header
   */
  public static StoreHeader decode(Bytes value) {
    return StoreHeaderCodec.decode(value);
  }

  /** The header of a store; a store without one is new. {@code tx} is of the untrusted engine. */
  public static Optional<StoreHeader> read(ReadTx tx) {
    return tx.get(SealedEngine.HEADER_KEY).map(Row::value).map(StoreHeader::decode);
  }

  /**
   * Writes this header unless there is one, and returns the one that is there then: of several
   * processes that start on an empty store, one makes it. {@code tx} is of the untrusted engine.
   */
  public StoreHeader writeIfAbsent(WriteTx tx) {
    Optional<StoreHeader> present = read(tx);
    if (present.isEmpty()) {
      tx.put(SealedEngine.HEADER_KEY, encode());
    }
    return present.orElse(this);
  }

  /** What a person is told of {@link #sealParameters}, if there is anything. */
  public Optional<String> sealParametersInWords() {
    return switch (sealKind) {
      case SharesSeal.KIND ->
          Optional.of(
              "%d of %d shares"
                  .formatted(
                      SharesSeal.threshold(sealParameters), SharesSeal.count(sealParameters)));
      case PassphraseSeal.KIND ->
          Optional.of("a passphrase, by " + Argon2.decode(sealParameters).inWords());
      default -> Optional.empty();
    };
  }

  /** What the keyring is sealed to: the encoding up to there. */
  Bytes front() {
    return StoreHeaderCodec.front(this);
  }
}
