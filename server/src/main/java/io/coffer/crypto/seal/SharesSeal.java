package io.coffer.crypto.seal;

import com.codahale.shamir.Scheme;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.TamperedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A seal whose key nobody has: people have shares of it, after Shamir, and fewer than a number of
 * them cannot tell it. The header says how many there are, in three bytes: format 1, needed, made.
 */
public final class SharesSeal implements Seal {
  /** As many as a person can call together; bytes would have room for 255. */
  public static final int SHARES_MAX = 100;

  static final String KIND = "shares";

  private static final byte FORMAT = 1;
  private static final int PARAMETERS_LENGTH = 3;
  private static final int KEY_LENGTH = 32;

  private final SealKey key;
  private final Bytes parameters;

  private SharesSeal(SealKey key, Bytes parameters) {
    this.key = key;
    this.parameters = parameters;
  }

  /** A seal with a new key, whose shares {@code custodian} has when this returns. */
  static SharesSeal make(int threshold, int count, Entropy entropy, Custodian custodian) {
    try (SecretBytes drawn = SecretBytes.takeOver(entropy.bytes(KEY_LENGTH))) {
      SealKey key = new SealKey(drawn);
      Scheme scheme = new Scheme(new EntropyRandom(entropy), count, threshold);
      handOut(drawn.lend(scheme::split), key.fingerprint(), custodian);
      return new SharesSeal(key, Bytes.copyOf(FORMAT, (byte) threshold, (byte) count));
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the list.
  private static void handOut(Map<Integer, byte[]> parts, String fingerprint, Custodian custodian) {
    List<SecretBytes> texts = new ArrayList<>();
    try {
      parts.forEach((index, part) -> {
        try (Share share = Share.of(fingerprint, index, part)) {
          texts.add(share.text());
        }
      });
      custodian.take(List.copyOf(texts));
    } finally {
      texts.forEach(SecretBytes::close);
      parts.values().forEach(part -> Arrays.fill(part, (byte) 0));
    }
  }

  /**
   * The seal of these shares, as many as are needed, of {@code header}'s seal by what they say.
   *
   * @throws SealException if they are not what they say
   */
  static SharesSeal join(List<Share> shares, StoreHeader header) {
    Map<Integer, byte[]> parts = new HashMap<>();
    try {
      shares.forEach(share -> parts.put(share.index(), share.part().lend(byte[]::clone)));
      // It takes what it is given; how many were made does not matter to it.
      Scheme scheme = new Scheme(new EntropyRandom(_ -> {}), SHARES_MAX, shares.size());
      try (SecretBytes joined = SecretBytes.takeOver(scheme.join(parts))) {
        SealKey key = new SealKey(joined);
        if (!key.fingerprint().equals(header.sealFingerprint())) {
          throw new SealException(
              "these shares do not give the seal key %s: one of them is not what it says"
                  .formatted(header.sealFingerprint()));
        }
        return new SharesSeal(key, header.sealParameters());
      }
    } finally {
      parts.values().forEach(part -> Arrays.fill(part, (byte) 0));
    }
  }

  /** How many shares it takes, of the parameters in a header. */
  static int threshold(Bytes parameters) {
    return part(parameters, 1);
  }

  static int count(Bytes parameters) {
    return part(parameters, 2);
  }

  private static int part(Bytes parameters, int at) {
    if (parameters.length() != PARAMETERS_LENGTH
        || parameters.at(0) != FORMAT
        || parameters.at(1) < 2
        || parameters.at(1) > parameters.at(2)
        || parameters.at(2) > SHARES_MAX) {
      throw new TamperedException("the parameters of the shares are damaged");
    }
    return parameters.at(at);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String fingerprint() {
    return key.fingerprint();
  }

  @Override
  public Bytes parameters() {
    return parameters;
  }

  @Override
  public Bytes wrap(SecretBytes rootKey) {
    return key.wrap(rootKey);
  }

  @Override
  @MustBeClosed
  public SecretBytes unwrap(Bytes wrapped) {
    return key.unwrap(wrapped);
  }

  @Override
  public String toString() {
    return "SharesSeal[" + fingerprint() + "]";
  }
}
