package io.coffer.crypto.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.TamperedException;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a key is made of a passphrase: Argon2id, version 1.3. The parameters stand in the header of
 * the store, so that others may be chosen one day and the old ones stay:
 *
 * <pre>
 *    0   1  format, 1
 *    1   4  memory, KiB
 *    5   4  iterations
 *    9   1  lanes
 *   10  16  salt
 * </pre>
 */
record Argon2(int memory, int iterations, int lanes, Bytes salt) {
  /** The second choice of RFC 9106, for machines that have not 2 GiB to spare for a moment. */
  static final int MEMORY = 64 * 1024;

  static final int ITERATIONS = 3;
  static final int LANES = 4;

  /** A header that was tampered with must not make the process ask for all there is. */
  static final int MEMORY_MAX = 512 * 1024;

  static final int ITERATIONS_MAX = 100;
  static final int LANES_MAX = 64;
  static final int SALT_LENGTH = 16;

  private static final int LENGTH = 26;
  private static final byte FORMAT = 1;
  private static final int KEY_LENGTH = 32;

  static Argon2 fresh(Entropy entropy) {
    return new Argon2(MEMORY, ITERATIONS, LANES, Bytes.takeOver(entropy.bytes(SALT_LENGTH)));
  }

  Bytes encode() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    out.put(FORMAT).putInt(memory).putInt(iterations).put((byte) lanes).put(salt.toByteArray());
    return Bytes.takeOver(out.array());
  }

  /**
   * The parameters that {@link #encode} wrote.
   *
   * @throws TamperedException if it did not, or they ask for more than we would ever choose
   */
  static Argon2 decode(Bytes encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.toByteArray());
    if (encoded.length() != LENGTH || in.get() != FORMAT) {
      throw new TamperedException("the parameters of the passphrase are damaged");
    }
    Argon2 decoded = new Argon2(in.getInt(), in.getInt(), in.get() & 0xff, rest(in));
    if (!isWithin(decoded.lanes, 1, LANES_MAX)
        || !isWithin(decoded.memory, 8 * decoded.lanes, MEMORY_MAX)
        || !isWithin(decoded.iterations, 1, ITERATIONS_MAX)) {
      throw new TamperedException("the parameters of the passphrase are beyond their limits");
    }
    return decoded;
  }

  String inWords() {
    return "Argon2id over %d MiB, %d times, in %d lanes"
        .formatted(memory / 1024, iterations, lanes);
  }

  private static Bytes rest(ByteBuffer in) {
    byte[] salt = new byte[in.remaining()];
    in.get(salt);
    return Bytes.takeOver(salt);
  }

  private static boolean isWithin(int value, int min, int max) {
    return value >= min && value <= max;
  }

  /** The key, which the caller must close. Takes the time and the memory it is there to take. */
  @MustBeClosed
  SecretBytes derive(SecretBytes passphrase) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt.toByteArray())
            .build());
    byte[] key = new byte[KEY_LENGTH];
    passphrase.lend(bytes -> generator.generateBytes(bytes, key));
    return SecretBytes.takeOver(key);
  }
}
