package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Every key a store works with, made on its first start and kept sealed under the root key. What it
 * seals carries the number of its term, so that a rotation leaves what is there readable:
 *
 * <pre>
 *    0   1  format, 1
 *    1   4  term, big-endian
 *    5  12  salt, random
 *   17  12  nonce, random
 *   29   n  what was sealed, XAES-256-GCM under the key of the term
 *    …  16  tag
 * </pre>
 *
 * <p>Immutable but for the counts of uses; {@link CurrentKeyring} is the one of now. It never
 * prints a key.
 */
public final class Keyring implements Aead {
  /** By how many bytes a ciphertext is longer than what it seals. */
  public static final int OVERHEAD = 45;

  public static final int INDEX_LENGTH = 16;
  public static final int TOKEN_TAG_LENGTH = 64;
  static final int TERMS_MAX = 1000;
  static final int INDEX_KEY_LENGTH = 32;
  static final int TOKEN_KEY_LENGTH = 64;

  private static final int TERM_AT = 1;
  private static final int PREFIX_LENGTH = 5;

  private final RawKey indexKey;
  private final RawKey tokenKey;
  private final CheckpointKey checkpointKey;
  private final List<Term> terms;

  private final Hmac index;
  private final Hmac token;
  private final Term active;

  /** {@code terms} by their numbers, which begin at 1 and have no gaps. */
  Keyring(RawKey indexKey, RawKey tokenKey, CheckpointKey checkpointKey, List<Term> terms) {
    this.indexKey = indexKey;
    this.tokenKey = tokenKey;
    this.checkpointKey = checkpointKey;
    this.terms = List.copyOf(terms);
    this.index = Hmac.sha256(indexKey);
    this.token = Hmac.sha512(tokenKey);
    this.active = terms.getLast();
  }

  /** A keyring of nothing but new keys, with one term. */
  public static Keyring fresh(Entropy entropy, Instant now) {
    return new Keyring(
        RawKey.fresh(entropy, INDEX_KEY_LENGTH),
        RawKey.fresh(entropy, TOKEN_KEY_LENGTH),
        CheckpointKey.of(RawKey.fresh(entropy, CheckpointKey.SEED_LENGTH)),
        List.of(freshTerm(1, entropy, now)));
  }

  /** This keyring and one more term, which seals from now on; the older ones still open. */
  public Keyring rotated(Entropy entropy, Instant now) {
    if (terms.size() >= TERMS_MAX) {
      throw new Problem.Exhausted("terms of the keyring", TERMS_MAX).asException();
    }
    List<Term> more = new ArrayList<>(terms);
    more.add(freshTerm(active.id() + 1, entropy, now));
    return new Keyring(indexKey, tokenKey, checkpointKey, more);
  }

  private static Term freshTerm(int id, Entropy entropy, Instant now) {
    Instant created = Instant.ofEpochMilli(now.toEpochMilli()); // As much as the record keeps.
    return new Term(id, created, 0, RawKey.fresh(entropy, XAes.KEY_LENGTH));
  }

  /** All of it as one record, drawn in {@code KeyringCodec}; the caller must close it. */
  @MustBeClosed
  public SecretBytes encode() {
    return KeyringCodec.encode(this);
  }

  /**
   * The keyring that {@link #encode} wrote.
   *
   * @throws TamperedException if {@code record} is no such record
   */
  public static Keyring decode(SecretBytes record) {
    return KeyringCodec.decode(record);
  }

  @Override
  public Bytes seal(SecretBytes plaintext, Place place) {
    return active.forSealing().seal(plaintext, place);
  }

  @Override
  public Bytes sealBytes(Bytes plaintext, Place place) {
    return active.forSealing().sealBytes(plaintext, place);
  }

  @Override
  @MustBeClosed
  public SecretBytes open(Bytes ciphertext, Place place) {
    return termOf(ciphertext, place).forOpening().open(ciphertext, place);
  }

  @Override
  public Bytes openBytes(Bytes ciphertext, Place place) {
    return termOf(ciphertext, place).forOpening().openBytes(ciphertext, place);
  }

  private Term termOf(Bytes ciphertext, Place place) {
    // The format byte is the cipher's to check: it would not open without it.
    if (ciphertext.length() < PREFIX_LENGTH) {
      throw place.tampered();
    }
    int id = 0;
    for (int i = TERM_AT; i < PREFIX_LENGTH; i++) {
      id = (id << Byte.SIZE) | (ciphertext.at(i) & 0xff);
    }
    if (id < 1 || id > terms.size()) {
      throw place.tampered();
    }
    return terms.get(id - 1);
  }

  /** The number of the term that seals, 1 or more. */
  public int activeTerm() {
    return active.id();
  }

  public Instant activeSince() {
    return active.created();
  }

  /** How often the active term has sealed, as far as memory and the record that was read know. */
  public long activeUses() {
    return active.uses();
  }

  /** Whether the active term has come near its bound, 2<sup>40</sup> uses. */
  public boolean rotationDue() {
    return active.nearBound();
  }

  /**
   * What stands for a name inside a key: 16 bytes of HMAC-SHA-256, the same for the same name, from
   * which nobody without the keyring learns it. It outlives rotations.
   *
   * @param purposeAndName what the name is for, and the name, so that they cannot run together
   */
  public Bytes index(Bytes purposeAndName) {
    return index.tag(purposeAndName, INDEX_LENGTH);
  }

  /** What makes a token ours: 64 bytes of HMAC-SHA-512. It outlives rotations. */
  public Bytes tokenTag(Bytes message) {
    return token.tag(message, TOKEN_TAG_LENGTH);
  }

  /** Whether {@code tag} is the {@link #tokenTag} of {@code message}, in constant time. */
  public boolean tokenTagFits(Bytes message, Bytes tag) {
    return Same.inConstantTime(tokenTag(message), tag);
  }

  /** Signs an audit checkpoint: 64 bytes of Ed25519. About a millisecond. */
  public Bytes sign(Bytes message) {
    return checkpointKey.sign(message);
  }

  /** Whether {@link #sign} of this keyring signed {@code message}. */
  public boolean verify(Bytes message, Bytes signature) {
    return verify(publicKey(), message, signature);
  }

  /** As {@link #verify(Bytes, Bytes)}, for those who hold the public key only. */
  public static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
    return CheckpointKey.verify(publicKey, message, signature);
  }

  /** What checkpoints are verified with: 32 bytes of Ed25519, no secret. */
  public Bytes publicKey() {
    return checkpointKey.publicKey();
  }

  /** Whether this is {@code earlier}, or rotated from it. */
  boolean continues(Keyring earlier) {
    int known = earlier.terms.size();
    return terms.size() >= known && terms.subList(0, known).equals(earlier.terms);
  }

  RawKey indexKey() {
    return indexKey;
  }

  RawKey tokenKey() {
    return tokenKey;
  }

  RawKey checkpointSeed() {
    return checkpointKey.seed();
  }

  List<Term> terms() {
    return terms;
  }

  @Override
  public String toString() {
    return "Keyring[term " + active.id() + "]";
  }
}
