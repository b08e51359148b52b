package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keyring as one record, which exists outside of {@link SecretBytes} only sealed. Numbers are
 * big-endian:
 *
 * <pre>
 *     0   1  format, 1
 *     1  32  index key
 *    33  64  token key
 *    97  32  Ed25519 seed
 *   129   2  terms, n; then n times, numbered from 1:
 *     0   4  number
 *     4   8  created, milliseconds of the epoch
 *    12   8  uses
 *    20  32  key
 * </pre>
 */
final class KeyringCodec {
  private static final byte FORMAT = 1;
  private static final int HEAD_LENGTH = 131;
  private static final int TERM_LENGTH = 52;

  private KeyringCodec() {}

  @MustBeClosed
  static SecretBytes encode(Keyring keyring) {
    List<Term> terms = keyring.terms();
    byte[] record = new byte[HEAD_LENGTH + TERM_LENGTH * terms.size()];
    ByteBuffer out = ByteBuffer.wrap(record);
    out.put(FORMAT);
    put(out, keyring.indexKey());
    put(out, keyring.tokenKey());
    put(out, keyring.checkpointSeed());
    out.putShort((short) terms.size());
    for (Term term : terms) {
      out.putInt(term.id());
      out.putLong(term.created().toEpochMilli());
      out.putLong(term.uses());
      put(out, term.key());
    }
    return SecretBytes.takeOver(record);
  }

  static Keyring decode(SecretBytes record) {
    return record.lend(bytes -> {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      try {
        return decode(in);
      } catch (BufferUnderflowException _) {
        throw new TamperedException("the keyring record is cut short");
      }
    });
  }

  private static Keyring decode(ByteBuffer in) {
    require(in.get() == FORMAT);
    RawKey indexKey = key(in, Keyring.INDEX_KEY_LENGTH);
    RawKey tokenKey = key(in, Keyring.TOKEN_KEY_LENGTH);
    RawKey seed = key(in, CheckpointKey.SEED_LENGTH);
    int count = in.getShort();
    require(count >= 1 && count <= Keyring.TERMS_MAX);
    List<Term> terms = new ArrayList<>(count);
    for (int id = 1; id <= count; id++) {
      require(in.getInt() == id);
      Instant created = Instant.ofEpochMilli(in.getLong());
      long uses = in.getLong();
      terms.add(new Term(id, created, uses, key(in, XAes.KEY_LENGTH)));
    }
    require(!in.hasRemaining());
    return new Keyring(indexKey, tokenKey, CheckpointKey.of(seed), terms);
  }

  private static void put(ByteBuffer out, RawKey key) {
    key.lend(out::put);
  }

  private static RawKey key(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    try {
      return RawKey.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new TamperedException("not a keyring record of format " + FORMAT);
    }
  }
}
