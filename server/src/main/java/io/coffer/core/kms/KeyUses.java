package io.coffer.core.kms;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.crypto.TenantCiphertext;
import io.coffer.crypto.TenantKey;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** The verbs that use keys. Every use is on record before its answer leaves. */
public final class KeyUses {
  private final Verbs verbs;
  private final Witness witness;
  private final TenantKeys tenantKeys;

  public KeyUses(Verbs verbs, Witness witness, TenantKeys tenantKeys) {
    this.verbs = verbs;
    this.witness = witness;
    this.tenantKeys = tenantKeys;
  }

  /**
   * Which version of which key encrypts, and what the ciphertext is bound to.
   *
   * @param versionId empty for the primary one
   */
  public record Target(String keyId, String versionId, Bytes context) {}

  /** A ciphertext, and what made it. */
  public record Encrypted(String keyId, String versionId, Bytes ciphertext) {}

  /** A plaintext, and what opened it. Whoever holds it closes it. */
  public record Decrypted(String keyId, String versionId, SecretBytes plaintext)
      implements AutoCloseable {
    @Override
    public void close() {
      plaintext.close();
    }
  }

  /** A ciphertext under another key or version, and what opened the one before. */
  public record ReEncrypted(Encrypted encrypted, String sourceKeyId, String sourceVersionId) {}

  /** A data key, encrypted, and in the clear if that was wanted. Whoever holds it closes it. */
  public record DataKeyPair(Encrypted encrypted, Optional<SecretBytes> plaintext)
      implements AutoCloseable {
    @Override
    public void close() {
      plaintext.ifPresent(SecretBytes::close);
    }
  }

  /** Encrypts; {@code plaintext} is taken over and closed. */
  public CompletionStage<Encrypted> encrypt(Call call, Target target, SecretBytes plaintext) {
    return verbs
        .write(
            call,
            KeyEvents.asked(Action.ENCRYPT, target.keyId(), target.versionId()),
            tx -> encrypt(tx, call, Action.ENCRYPT, target, plaintext))
        .whenComplete((_, _) -> plaintext.close())
        .thenApply(Committed::value);
  }

  /** The plaintext of a ciphertext of this key and context, which the caller of this closes. */
  public CompletionStage<Decrypted> decrypt(
      Call call, String keyId, Bytes context, Bytes ciphertext) {
    // What a body opened in vain, since it met a conflict or its record was not written, is wiped.
    AtomicReference<Optional<Decrypted>> opened = new AtomicReference<>(Optional.empty());
    return verbs
        .write(
            call,
            KeyEvents.asked(Action.DECRYPT, keyId, ""),
            tx -> {
              opened.getAndSet(Optional.empty()).ifPresent(Decrypted::close);
              Opened now = open(tx, call, keyId, context, ciphertext);
              opened.set(Optional.of(now.decrypted()));
              saw(tx, call, Action.DECRYPT, now.found(), now.version());
              return now.decrypted();
            })
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            opened.get().ifPresent(Decrypted::close);
          }
        })
        .thenApply(Committed::value);
  }

  /** Opens with one key and encrypts with another; the plaintext never leaves. */
  public CompletionStage<ReEncrypted> reEncrypt(
      Call call, Target target, String sourceKeyId, Bytes sourceContext, Bytes ciphertext) {
    Event asked =
        KeyEvents.asked(Action.RE_ENCRYPT, target.keyId(), target.versionId())
            .with(Event.word("source_key_id", sourceKeyId));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Opened opened = open(tx, call, sourceKeyId, sourceContext, ciphertext);
              try (Decrypted decrypted = opened.decrypted()) {
                Used used = seal(tx, call, target, decrypted.plaintext());
                witness.saw(
                    tx,
                    call,
                    event(Action.RE_ENCRYPT, used.found(), used.version())
                        .with(Event.word("source_key_id", sourceKeyId))
                        .with(Event.word("source_key_version_id", decrypted.versionId())));
                return new ReEncrypted(used.encrypted(), sourceKeyId, decrypted.versionId());
              }
            })
        .thenApply(Committed::value);
  }

  /**
   * Makes a random key and encrypts it.
   *
   * @param skipPlaintext whether the caller does not want it in the clear
   */
  @SuppressWarnings("MustBeClosedChecker") // Closed here, or by whoever gets the answer.
  public CompletionStage<DataKeyPair> generateDataKey(
      Call call, Target target, Algorithm spec, boolean skipPlaintext) {
    SecretBytes plain = tenantKeys.plain(spec); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            KeyEvents.asked(Action.GENERATE_DATA_KEY, target.keyId(), target.versionId()),
            tx -> encrypt(tx, call, Action.GENERATE_DATA_KEY, target, plain))
        .whenComplete((_, trouble) -> {
          if (trouble != null || skipPlaintext) {
            plain.close();
          }
        })
        .thenApply(committed ->
            new DataKeyPair(
                committed.value(), skipPlaintext ? Optional.empty() : Optional.of(plain)));
  }

  private Encrypted encrypt(
      WriteTx tx, Call call, Action action, Target target, SecretBytes plaintext) {
    Used used = seal(tx, call, target, plaintext);
    saw(tx, call, action, used.found(), used.version());
    return used.encrypted();
  }

  private record Used(KeyRows.Found found, KeyVersion version, Encrypted encrypted) {}

  private record Opened(KeyRows.Found found, KeyVersion version, Decrypted decrypted) {}

  private Used seal(ReadTx tx, Call call, Target target, SecretBytes plaintext) {
    KeyRows.Found found = KeyRows.require(tx, call, Permission.KEYS_ENCRYPT, target.keyId());
    found.key().requireActive();
    String versionId =
        target.versionId().isEmpty() ? found.key().primaryVersion() : target.versionId();
    KeyVersion version = KeyRows.requireVersion(tx, target.keyId(), versionId);
    version.requireActive();
    try (TenantKey key = KeyRows.open(tx, tenantKeys, version)) {
      Bytes sealed =
          key.seal(plaintext, TenantCiphertext.place(target.keyId(), versionId, target.context()));
      Bytes ciphertext = new TenantCiphertext(target.keyId(), versionId, sealed).encode();
      return new Used(found, version, new Encrypted(target.keyId(), versionId, ciphertext));
    }
  }

  /** Whatever keeps a ciphertext from opening is told in the same words: none is a hint. */
  private Opened open(ReadTx tx, Call call, String keyId, Bytes context, Bytes ciphertext) {
    KeyRows.Found found = KeyRows.require(tx, call, Permission.KEYS_DECRYPT, keyId);
    found.key().requireActive();
    TenantCiphertext parts =
        TenantCiphertext.decode(ciphertext)
            .filter(known -> known.keyId().equals(keyId))
            .orElseThrow(KeyUses::notOurs);
    KeyVersion version =
        KeyRows.version(tx, keyId, parts.versionId()).orElseThrow(KeyUses::notOurs);
    version.requireActive();
    try (TenantKey key = KeyRows.open(tx, tenantKeys, version)) {
      SecretBytes plaintext =
          key.open(parts.sealed(), TenantCiphertext.place(keyId, version.id(), context))
              .orElseThrow(KeyUses::notOurs);
      return new Opened(found, version, new Decrypted(keyId, version.id(), plaintext));
    }
  }

  private static RuntimeException notOurs() {
    return new Problem.Invalid(
            "ciphertext", "must be one that this key made, with the same aad_context")
        .asException();
  }

  private void saw(WriteTx tx, Call call, Action action, KeyRows.Found found, KeyVersion version) {
    witness.saw(tx, call, event(action, found, version));
  }

  private static Event event(Action action, KeyRows.Found found, KeyVersion version) {
    return KeyEvents.of(found.folder(), action, found.key(), version.id());
  }
}
