package io.coffer.crypto.seal;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.crypto.Keyring;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * Makes the header of a new store, and opens the keyring of one that is there. Nothing here reads
 * or writes the store: read the header first, open it, and only then let anything write.
 */
public final class Opening {
  private static final int STORE_ID_LENGTH = 16;

  private Opening() {}

  /** A header for a new store, with a fresh id, root key and keyring. */
  public static StoreHeader create(Seal seal, Entropy entropy, Instant now) {
    String storeId = Bytes.takeOver(entropy.bytes(STORE_ID_LENGTH)).hex();
    try (RootKey root = RootKey.fresh(entropy)) {
      return sealed(storeId, seal, root, Keyring.fresh(entropy, now));
    }
  }

  /**
   * The keyring of the store that {@code header} is of.
   *
   * @throws SealException if the store needs another seal key than this one
   * @throws io.coffer.crypto.TamperedException if the header is not as it was written
   */
  public static Keyring open(StoreHeader header, Seal seal) {
    return withRoot(header, seal, (_, keyring) -> keyring);
  }

  /** The header to write when the keyring of the store was rotated to {@code rotated}. */
  public static StoreHeader reseal(StoreHeader header, Seal seal, Keyring rotated) {
    return withRoot(header, seal, (root, _) -> sealed(header.storeId(), seal, root, rotated));
  }

  /** The header to write when the store is to need {@code next} instead of {@code seal}. */
  public static StoreHeader changeSeal(StoreHeader header, Seal seal, Seal next) {
    return withRoot(header, seal, (root, keyring) -> sealed(header.storeId(), next, root, keyring));
  }

  private static <T> T withRoot(
      StoreHeader header, Seal seal, BiFunction<RootKey, Keyring, T> body) {
    if (!header.sealFingerprint().equals(seal.fingerprint())) {
      throw new SealException(
          "this store needs the seal key %s, the one given is %s"
              .formatted(header.sealFingerprint(), seal.fingerprint()));
    }
    try (RootKey root = RootKey.unwrap(seal, header.wrappedRootKey())) {
      return body.apply(root, root.open(header.sealedKeyring(), header.front()));
    }
  }

  private static StoreHeader sealed(String storeId, Seal seal, RootKey root, Keyring keyring) {
    StoreHeader unfinished =
        new StoreHeader(
            storeId,
            seal.kind(),
            seal.fingerprint(),
            seal.parameters(),
            root.wrap(seal),
            Bytes.EMPTY);
    return new StoreHeader(
        unfinished.storeId(),
        unfinished.sealKind(),
        unfinished.sealFingerprint(),
        unfinished.sealParameters(),
        unfinished.wrappedRootKey(),
        root.seal(keyring, unfinished.front()));
  }
}
