package io.coffer.crypto.seal;

import io.coffer.Entropy;
import io.coffer.SecretBytes;
import java.util.ArrayList;
import java.util.List;

/** Seals by what is set: for a store that is there, or for one about to need a new seal. */
public final class Seals {
  private Seals() {}

  /** Throws {@link SealException} if the store of {@code header} is under another kind of seal. */
  public static void requireKind(SealSpec spec, StoreHeader header) {
    if (!spec.kind().equals(header.sealKind())) {
      throw new SealException(
          "this store is under a seal of the kind %s, fingerprint %s: give it as --seal, which is of the kind %s now"
              .formatted(header.sealKind(), header.sealFingerprint(), spec.kind()));
    }
  }

  /**
   * The seal that the store of {@code header} needs. Never makes a key.
   *
   * @throws SealException if {@code spec} is of another kind, what it names is not there, or what
   *     {@code custodian} gives is not of this store
   */
  public static Seal open(SealSpec spec, StoreHeader header, Entropy entropy, Custodian custodian) {
    requireKind(spec, header);
    return switch (spec) {
      case SealSpec.File(var path) -> FileSeal.load(path);
      case SealSpec.Passphrase() -> byPassphrase(header, custodian);
      case SealSpec.Shares _ -> byShares(header, custodian);
      case SealSpec.Token token -> TokenSeal.open(token, entropy);
    };
  }

  /**
   * A seal for a store that does not need it yet. Its key is where it belongs, durably or in the
   * hands of {@code custodian}, when this returns; a key file or a key of a token that is there
   * already is taken as it is.
   */
  public static Seal make(SealSpec spec, Entropy entropy, Custodian custodian) {
    return switch (spec) {
      case SealSpec.File(var path) -> FileSeal.loadOrCreate(path, entropy);
      case SealSpec.Passphrase() -> {
        try (SecretBytes passphrase = custodian.newPassphrase()) {
          yield PassphraseSeal.make(passphrase, entropy);
        }
      }
      case SealSpec.Shares(int threshold, int count) ->
          SharesSeal.make(threshold, count, entropy, custodian);
      case SealSpec.Token token -> TokenSeal.openOrCreate(token, entropy);
    };
  }

  private static Seal byPassphrase(StoreHeader header, Custodian custodian) {
    try (SecretBytes passphrase = custodian.passphrase()) {
      PassphraseSeal seal = PassphraseSeal.open(passphrase, header.sealParameters());
      if (!seal.fingerprint().equals(header.sealFingerprint())) {
        // Not the fingerprint of what was typed: it may be another passphrase of the same person.
        throw new SealException(
            "this is not the passphrase of the store, whose seal key has the fingerprint "
                + header.sealFingerprint());
      }
      return seal;
    }
  }

  /** How often {@link #open} asks for the seal of {@code header}: 0 if it asks nobody. */
  public static int answersNeeded(StoreHeader header) {
    return switch (header.sealKind()) {
      case SharesSeal.KIND -> SharesSeal.threshold(header.sealParameters());
      case PassphraseSeal.KIND -> 1;
      default -> 0;
    };
  }

  /**
   * Throws {@link SealException} if shares are asked for, and one of {@code texts} is no share of
   * {@code header}'s seal, or was given twice. Whether all together fit, opening shows.
   */
  @SuppressWarnings("MustBeClosedChecker") // Closed with the list.
  public static void requirePossible(List<SecretBytes> texts, StoreHeader header) {
    if (!header.sealKind().equals(SharesSeal.KIND)) {
      return;
    }
    List<Share> shares = new ArrayList<>();
    try {
      texts.forEach(text -> add(Share.parse(text), shares, header));
    } finally {
      shares.forEach(Share::close);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the list.
  private static Seal byShares(StoreHeader header, Custodian custodian) {
    int needed = SharesSeal.threshold(header.sealParameters());
    List<Share> shares = new ArrayList<>();
    try {
      while (shares.size() < needed) {
        try (SecretBytes text = custodian.share(shares.size(), needed)) {
          add(Share.parse(text), shares, header);
        }
      }
      return SharesSeal.join(shares, header);
    } finally {
      shares.forEach(Share::close);
    }
  }

  private static void add(Share share, List<Share> shares, StoreHeader header) {
    shares.add(share); // Closed with the others, whatever is wrong with it.
    if (!share.fingerprint().equals(header.sealFingerprint())) {
      throw new SealException(
          "this is a share of the seal %s; this store needs shares of the seal %s"
              .formatted(share.fingerprint(), header.sealFingerprint()));
    }
    if (shares.stream().filter(other -> other.index() == share.index()).count() > 1) {
      throw new SealException("share %d was given twice".formatted(share.index()));
    }
  }
}
