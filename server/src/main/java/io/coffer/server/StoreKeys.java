package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.Opening;
import io.coffer.crypto.seal.Seal;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import java.time.InstantSource;

/**
 * Changes the seal and the keyring of an open store, also while calls run. The header is the one
 * row that changes, in one durable write with its audit record: whenever the process is killed, the
 * store opens as before or as after, and with nothing else.
 */
final class StoreKeys {
  private final Store store;
  private final Entropy entropy;
  private final InstantSource clock;

  StoreKeys(Store store, Entropy entropy, InstantSource clock) {
    this.store = store;
    this.entropy = entropy;
    this.clock = clock;
  }

  /**
   * Has the store need {@code next} instead of the seal it is under. Its key is durable, or handed
   * out, before the store is written to, and has opened what will be written.
   *
   * @throws SealException if the store needs that one already
   */
  synchronized StoreHeader rekey(SealSpec next, Custodian custodian) {
    Seal seal = Seals.make(next, entropy, custodian);
    StoreHeader before = store.header();
    if (seal.fingerprint().equals(before.sealFingerprint())) {
      throw new SealException(
          "the store is under the seal %s already".formatted(seal.fingerprint()));
    }
    StoreHeader changed = Opening.changeSeal(before, store.seal(), seal);
    Opening.open(changed, seal);
    store.replaceHeader(
        changed,
        seal,
        Event.of(
            Action.REKEY,
            Event.word("seal_kind", changed.sealKind()),
            Event.word("seal_fingerprint", changed.sealFingerprint()),
            Event.word("previous_seal_kind", before.sealKind()),
            Event.word("previous_seal_fingerprint", before.sealFingerprint())),
        clock);
    store.countBeside(next);
    return changed;
  }

  /** Adds a term to the keyring, which seals from now on; returns its number. */
  synchronized int rotate() {
    Keyring rotated = store.sealing().keyring().rotated(entropy, clock.instant());
    StoreHeader next = Opening.reseal(store.header(), store.seal(), rotated);
    store.replaceHeader(
        next,
        store.seal(),
        Event.of(
            Action.ROTATE_KEYRING,
            Event.word("term", Integer.toString(rotated.activeTerm())),
            Event.word("seal_fingerprint", next.sealFingerprint())),
        clock);
    store.sealing().replace(rotated);
    return rotated.activeTerm();
  }
}
