package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Digest;
import io.coffer.crypto.TamperedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * A seal whose key is in a token, by PKCS#11, and does not leave it: an AES key, of 256 bits if it
 * was made here. The token is logged into for each use and out of after it. A wrapped root key is
 *
 * <pre>
 *    0  12  nonce, random
 *   12   n  enciphered, AES-GCM in the token, associated data "coffer root key 1"
 *    …  16  tag
 * </pre>
 *
 * <p>The fingerprint is the first 8 bytes of the SHA-256 of one block, "coffer seal fp 1", that the
 * key enciphers.
 */
public final class TokenSeal implements Seal {
  static final String KIND = "pkcs11";

  private static final byte[] ASSOCIATED = "coffer root key 1".getBytes(US_ASCII);
  private static final byte[] BLOCK = "coffer seal fp 1".getBytes(US_ASCII);
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BITS = 256;
  private static final int FINGERPRINT_LENGTH = 8;

  /** Logged in or out is a state of the whole process and token: one use at a time. */
  private static final Object TOKENS = new Object();

  private final SealSpec.Token spec;
  private final Entropy entropy;
  private final Provider provider;
  private final long slot;
  private final String fingerprint;

  private TokenSeal(SealSpec.Token spec, Entropy entropy, boolean create) {
    this.spec = spec;
    this.entropy = entropy;
    this.slot = TokenSlots.find(spec.module(), spec.token());
    this.provider = provider(spec, slot);
    this.fingerprint = with(create, this::fingerprintOf);
  }

  /**
   * The seal of a key that is in the token.
   *
   * @throws SealException if it is not, cannot be used, or could be taken out
   */
  static TokenSeal open(SealSpec.Token spec, Entropy entropy) {
    return new TokenSeal(spec, entropy, false);
  }

  /** As {@link #open}, but has the token make the key if there is none of that label. */
  static TokenSeal openOrCreate(SealSpec.Token spec, Entropy entropy) {
    return new TokenSeal(spec, entropy, true);
  }

  private static Provider provider(SealSpec.Token spec, long slot) {
    if (slot > Integer.MAX_VALUE) {
      throw new SealException(
          "the token %s is in slot %d; slots above %d cannot be used"
              .formatted(spec.token(), slot, Integer.MAX_VALUE));
    }
    // What a key made here is, for the token: of no use outside it, and not to be taken there.
    String configuration =
        """
        --name = coffer-%d
        library = %s
        slot = %d
        attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = true
        }
        """
            .formatted(slot, quoted(spec.module().toString()), slot);
    try {
      return Security.getProvider("SunPKCS11").configure(configuration);
    } catch (ProviderException | IllegalArgumentException e) {
      throw new SealException("the PKCS#11 module " + spec.module() + " cannot be used", e);
    }
  }

  private static String quoted(String path) {
    return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @FunctionalInterface
  private interface Use<T> {
    T with(SecretKey key) throws GeneralSecurityException;
  }

  private <T> T with(boolean create, Use<T> use) {
    synchronized (TOKENS) {
      char[] pin = pin();
      try {
        KeyStore keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, pin);
        try {
          return use.with(key(keys, create));
        } finally {
          logout();
        }
      } catch (IOException e) {
        throw new SealException(
            "the token %s does not let us in with the PIN in %s"
                .formatted(spec.token(), spec.pinFile()),
            e);
      } catch (GeneralSecurityException | ProviderException e) {
        throw new SealException(
            "the key %s of the token %s cannot be used".formatted(spec.key(), spec.token()), e);
      } finally {
        Arrays.fill(pin, '\0');
      }
    }
  }

  /** One line. */
  private char[] pin() {
    byte[] text = KeyFile.read("PIN file", spec.pinFile());
    try {
      int end = text.length;
      while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
        end--;
      }
      CharBuffer decoded = UTF_8.decode(ByteBuffer.wrap(text, 0, end));
      char[] pin = new char[decoded.remaining()];
      decoded.get(pin);
      Arrays.fill(decoded.array(), '\0');
      return pin;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private void logout() throws GeneralSecurityException {
    if (provider instanceof AuthProvider token) {
      try {
        token.logout();
      } catch (LoginException e) {
        throw new GeneralSecurityException(e);
      }
    }
  }

  private SecretKey key(KeyStore keys, boolean create) throws GeneralSecurityException {
    @Nullable Key found = keys.getKey(spec.key(), null);
    if (found == null && create) {
      KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
      generator.init(KEY_BITS);
      keys.setKeyEntry(spec.key(), generator.generateKey(), null, null);
      found = keys.getKey(spec.key(), null);
    }
    if (!(found instanceof SecretKey key) || !key.getAlgorithm().equals("AES")) {
      throw new SealException(
          "the token %s has no AES key with the label %s".formatted(spec.token(), spec.key()));
    }
    if (!TokenKey.stays(spec.module(), slot, spec.key())) {
      throw new SealException(
          "the key %s of the token %s can be taken out of it: it must be sensitive and not extractable"
              .formatted(spec.key(), spec.token()));
    }
    return key;
  }

  private String fingerprintOf(SecretKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] digest = Digest.sha256(Bytes.takeOver(cipher.doFinal(BLOCK))).toByteArray();
    return HexFormat.of().formatHex(digest, 0, FINGERPRINT_LENGTH);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Bytes wrap(SecretBytes rootKey) {
    Bytes nonce = Bytes.takeOver(entropy.bytes(NONCE_LENGTH));
    return with(
        false,
        key -> {
          Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
          byte[] clear = rootKey.lend(byte[]::clone);
          try {
            return nonce.plus(Bytes.takeOver(cipher.doFinal(clear)));
          } finally {
            Arrays.fill(clear, (byte) 0);
          }
        });
  }

  @Override
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Handed on.
  public SecretBytes unwrap(Bytes wrapped) {
    if (wrapped.length() <= NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
      throw tampered();
    }
    return with(
        false,
        key -> {
          Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, wrapped.slice(0, NONCE_LENGTH));
          try {
            return SecretBytes.takeOver(
                cipher.doFinal(wrapped.slice(NONCE_LENGTH, wrapped.length()).toByteArray()));
          } catch (GeneralSecurityException | ProviderException e) {
            throw tampered();
          }
        });
  }

  private static TamperedException tampered() {
    return new TamperedException("the root key does not open with the key of the token");
  }

  private Cipher cipher(int mode, SecretKey key, Bytes nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.toByteArray()));
    cipher.updateAAD(ASSOCIATED);
    return cipher;
  }
}
