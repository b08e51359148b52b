package io.coffer.core.kms;

import static io.coffer.core.kms.KeyDrafts.decrypt;
import static io.coffer.core.kms.KeyDrafts.encrypt;
import static io.coffer.core.kms.KeyDrafts.opened;
import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Role;
import io.coffer.core.kms.KeyUses.DataKeyPair;
import io.coffer.core.kms.KeyUses.Encrypted;
import io.coffer.core.kms.KeyUses.ReEncrypted;
import io.coffer.core.kms.KeyUses.Target;
import io.coffer.crypto.Flipped;
import io.coffer.crypto.TamperedException;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.engine.EngineException;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class KeyUsesTest {
  private static final Problem NOT_OURS =
      new Problem.Invalid(
          "ciphertext", "must be one that this key made, with the same aad_context");

  private final SimWorld world = SimWorld.of(12);
  private final String keyId = KeyDrafts.made(world);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private Encrypted encrypted(String plaintext) {
    return await(encrypt(world, world.admin(), keyId, "", plaintext));
  }

  private String primary() {
    return await(world.keys().get(world.admin(), keyId)).primary().id();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsEncryptedIsDecrypted(Algorithm algorithm) {
    String id =
        await(
                world
                    .keys()
                    .create(
                        world.admin(),
                        KeyDrafts.key(world.folder().id(), algorithm, Optional.empty())))
            .resourceId();
    Encrypted encrypted = await(encrypt(world, world.admin(), id, "", "plain"));

    assertThat(encrypted.keyId()).isEqualTo(id);
    assertThat(opened(world, id, encrypted.ciphertext())).isEqualTo("plain");
    assertThat(await(encrypt(world, world.admin(), id, "", "plain")).ciphertext())
        .isNotEqualTo(encrypted.ciphertext());
  }

  @Test
  void aUseIsOnRecordBeforeItsAnswer() {
    Encrypted encrypted = encrypted("hush");
    opened(world, keyId, encrypted.ciphertext());

    List<AuditRecord> records = world.records();
    assertThat(records.subList(records.size() - 2, records.size()))
        .extracting(AuditRecord::getEventType)
        .containsExactly("yandex.cloud.audit.kms.Encrypt", "yandex.cloud.audit.kms.Decrypt");
    assertThat(records.getLast().getDetailsList().toString())
        .contains(keyId, encrypted.versionId())
        .doesNotContain("hush", "context");
  }

  @Test
  void aUseThatCannotBeWrittenDownHasNoAnswer() {
    try (SimWorld failing = SimWorld.committing(12)) {
      String id = KeyDrafts.made(failing);
      Bytes ciphertext = await(encrypt(failing, failing.admin(), id, "", "v")).ciphertext();
      failing.failCommits(true);

      assertThatThrownBy(() -> await(decrypt(failing, failing.admin(), id, ciphertext)))
          .isInstanceOf(EngineException.Unavailable.class);
      assertThatThrownBy(() -> await(encrypt(failing, failing.admin(), id, "", "v")))
          .isInstanceOf(EngineException.Unavailable.class);
      failing.failCommits(false);
    }
  }

  @Test
  void anotherContextDoesNotOpen() {
    Bytes ciphertext = encrypted("v").ciphertext();

    for (String context : List.of("", "contex", "context ")) {
      assertThat(
              problem(
                  world.keyUses().decrypt(world.admin(), keyId, Bytes.utf8(context), ciphertext)))
          .isEqualTo(NOT_OURS);
    }
  }

  @Test
  void aCiphertextOfAnotherKeyDoesNotOpenAlsoUnderAnotherName() {
    String other = KeyDrafts.made(world);
    Bytes ciphertext = encrypted("v").ciphertext();

    assertThat(problem(decrypt(world, world.admin(), other, ciphertext))).isEqualTo(NOT_OURS);
    // The same bytes with the other key's ids before them.
    String otherVersion = await(world.keys().get(world.admin(), other)).primary().id();
    int header = 1 + 1 + keyId.length() + 1 + primary().length();
    Bytes forged =
        await(encrypt(world, world.admin(), other, otherVersion, "w"))
            .ciphertext()
            .slice(0, header)
            .plus(ciphertext.slice(header, ciphertext.length()));
    assertThat(problem(decrypt(world, world.admin(), other, forged))).isEqualTo(NOT_OURS);
  }

  @Test
  void nothingThatWasChangedOpens() {
    Bytes ciphertext = encrypted("v").ciphertext();
    Stream.concat(Flipped.everyBitOf(ciphertext), Flipped.everyOtherLengthOf(ciphertext))
        .forEach(changed ->
            assertThat(problem(decrypt(world, world.admin(), keyId, changed))).isEqualTo(NOT_OURS));
  }

  @Test
  void materialMovedToAnotherKeyDoesNotOpen() {
    String other = KeyDrafts.made(world);
    String otherVersion = await(world.keys().get(world.admin(), other)).primary().id();
    Bytes material =
        world
            .engine()
            .read(tx -> tx.get(Keyspace.dataKey(other, otherVersion)).orElseThrow().value());
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(Keyspace.dataKey(keyId, primary()), material);
              return true;
            }));

    assertThatThrownBy(() -> await(encrypt(world, world.admin(), keyId, "", "v")))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void oldVersionsDecryptAndOneMayBeNamedToEncrypt() {
    String first = primary();
    Bytes old = encrypted("old").ciphertext();
    String second = await(world.keys().rotate(world.admin(), keyId)).versionId();

    assertThat(encrypted("new").versionId()).isEqualTo(second);
    assertThat(await(encrypt(world, world.admin(), keyId, first, "named")).versionId())
        .isEqualTo(first);
    assertThat(opened(world, keyId, old)).isEqualTo("old");
    assertThat(problem(encrypt(world, world.admin(), keyId, "abjnone", "v")))
        .isEqualTo(new Problem.NotFound("key version", "abjnone"));
  }

  @Test
  void anInactiveKeyNeitherEncryptsNorDecryptsUntilItIsActiveAgain() {
    Bytes ciphertext = encrypted("v").ciphertext();
    await(
        world.keys().update(world.admin(), KeyDrafts.status(keyId, SymmetricKey.Status.INACTIVE)));
    Problem inactive = new Problem.Unmet("key is INACTIVE", keyId);

    assertThat(problem(encrypt(world, world.admin(), keyId, "", "v"))).isEqualTo(inactive);
    assertThat(problem(decrypt(world, world.admin(), keyId, ciphertext))).isEqualTo(inactive);
    assertThat(
            problem(
                world
                    .keyUses()
                    .generateDataKey(
                        world.admin(),
                        new Target(keyId, "", Bytes.EMPTY),
                        Algorithm.AES_256,
                        false)))
        .isEqualTo(inactive);

    await(world.keys().update(world.admin(), KeyDrafts.status(keyId, SymmetricKey.Status.ACTIVE)));
    assertThat(opened(world, keyId, ciphertext)).isEqualTo("v");
  }

  @Test
  void aVersionThatWaitsForItsDestructionDoesNothingAndADestroyedOneNeverAgain() {
    Encrypted old = encrypted("v");
    await(world.keys().rotate(world.admin(), keyId));
    await(
        world
            .keyVersions()
            .scheduleDestruction(world.admin(), keyId, old.versionId(), Duration.ofDays(1)));
    Problem scheduled =
        new Problem.Unmet("key version is SCHEDULED_FOR_DESTRUCTION", old.versionId());
    assertThat(problem(decrypt(world, world.admin(), keyId, old.ciphertext())))
        .isEqualTo(scheduled);
    assertThat(problem(encrypt(world, world.admin(), keyId, old.versionId(), "v")))
        .isEqualTo(scheduled);

    await(world.keyVersions().cancelDestruction(world.admin(), keyId, old.versionId()));
    assertThat(opened(world, keyId, old.ciphertext())).isEqualTo("v");

    await(
        world
            .keyVersions()
            .scheduleDestruction(world.admin(), keyId, old.versionId(), Duration.ZERO));
    world.runDue();
    assertThat(problem(decrypt(world, world.admin(), keyId, old.ciphertext())))
        .isEqualTo(new Problem.Unmet("key version is DESTROYED", old.versionId()));
  }

  @Test
  void aDeletedKeyOpensNothing() {
    Bytes ciphertext = encrypted("v").ciphertext();
    await(world.keys().delete(world.admin(), keyId));

    assertThat(problem(decrypt(world, world.admin(), keyId, ciphertext)))
        .isEqualTo(new Problem.NotFound("symmetric key", keyId));
  }

  @Test
  void aCiphertextMovesToAnotherKeyAndContextWithoutItsPlaintext() {
    String other = KeyDrafts.made(world);
    Encrypted encrypted = encrypted("v");

    ReEncrypted moved =
        await(
            world
                .keyUses()
                .reEncrypt(
                    world.admin(),
                    new Target(other, "", Bytes.utf8("context")),
                    keyId,
                    Bytes.utf8("context"),
                    encrypted.ciphertext()));

    assertThat(moved.sourceKeyId()).isEqualTo(keyId);
    assertThat(moved.sourceVersionId()).isEqualTo(encrypted.versionId());
    assertThat(opened(world, other, moved.encrypted().ciphertext())).isEqualTo("v");
    assertThat(world.records().get(world.records().size() - 2).getDetailsList().toString())
        .contains(keyId, other, encrypted.versionId(), moved.encrypted().versionId());
    assertThat(
            problem(
                world
                    .keyUses()
                    .reEncrypt(
                        world.admin(),
                        new Target(other, "", Bytes.EMPTY),
                        keyId,
                        Bytes.EMPTY,
                        encrypted.ciphertext())))
        .isEqualTo(NOT_OURS);
  }

  @ParameterizedTest
  @EnumSource
  void aDataKeyIsOfItsLengthAndItsCiphertextOpensToIt(Algorithm spec) {
    Target target = new Target(keyId, "", Bytes.utf8("context"));
    try (DataKeyPair pair =
        await(world.keyUses().generateDataKey(world.admin(), target, spec, false))) {
      Bytes plain = pair.plaintext().orElseThrow().lend(Bytes::copyOf);
      assertThat(plain.length()).isEqualTo(spec.keyLength());
      try (KeyUses.Decrypted decrypted =
          await(decrypt(world, world.admin(), keyId, pair.encrypted().ciphertext()))) {
        Bytes opened = decrypted.plaintext().lend(Bytes::copyOf);
        assertThat(opened).isEqualTo(plain);
      }
    }
    try (DataKeyPair pair =
        await(world.keyUses().generateDataKey(world.admin(), target, spec, true))) {
      assertThat(pair.plaintext()).isEmpty();
    }
  }

  @Test
  void managingAKeyIsNotUsingItAndEncryptingIsNotDecrypting() {
    Bytes ciphertext = encrypted("v").ciphertext();
    Target target = new Target(keyId, "", Bytes.utf8("context"));
    for (Role role : Role.values()) {
      String account = "aje" + role.name().toLowerCase(Locale.ROOT);
      world.bind(world.folder().id(), role, account);
      var call = world.believed(account);
      boolean encrypts =
          List.of(
                  Role.KMS_KEYS_ENCRYPTER,
                  Role.KMS_KEYS_ENCRYPTER_DECRYPTER,
                  Role.KMS_KEYS_USER,
                  Role.ADMIN)
              .contains(role);
      boolean decrypts =
          List.of(
                  Role.KMS_KEYS_DECRYPTER,
                  Role.KMS_KEYS_ENCRYPTER_DECRYPTER,
                  Role.KMS_KEYS_USER,
                  Role.ADMIN)
              .contains(role);

      assertThat(may(encrypt(world, call, keyId, "", "v"))).isEqualTo(encrypts);
      assertThat(may(world.keyUses().generateDataKey(call, target, Algorithm.AES_128, true)))
          .isEqualTo(encrypts);
      assertThat(may(decrypt(world, call, keyId, ciphertext))).isEqualTo(decrypts);
      assertThat(
              may(
                  world
                      .keyUses()
                      .reEncrypt(call, target, keyId, Bytes.utf8("context"), ciphertext)))
          .isEqualTo(encrypts && decrypts);
    }
  }

  private static boolean may(CompletionStage<?> stage) {
    try {
      await(stage);
      return true;
    } catch (CofferException e) {
      assertThat(e.problem()).isInstanceOf(Problem.Denied.class);
      return false;
    }
  }

  @Test
  void rotationsUnderLoadFailNoUse() {
    try (SimWorld busy = SimWorld.committing(13)) {
      String id = KeyDrafts.made(busy);
      Bytes old = await(encrypt(busy, busy.admin(), id, "", "v")).ciphertext();
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger uses = new AtomicInteger();
      List<CompletableFuture<Void>> users = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        users.add(
            CompletableFuture.runAsync(() -> {
              Bytes own = old;
              while (!over.get()) {
                assertThat(opened(busy, id, old)).isEqualTo("v");
                assertThat(opened(busy, id, own)).isEqualTo("v");
                own = await(encrypt(busy, busy.admin(), id, "", "v")).ciphertext();
                uses.incrementAndGet();
              }
            }));
      }
      try {
        for (int i = 0; i < 50; i++) {
          await(busy.keys().rotate(busy.admin(), id));
          int before = uses.get();
          while (uses.get() < before + 2 && users.stream().noneMatch(CompletableFuture::isDone)) {
            Thread.onSpinWait();
          }
        }
      } finally {
        over.set(true);
      }
      CompletableFuture.allOf(users.toArray(CompletableFuture<?>[]::new)).join();
      assertThat(uses.get()).isGreaterThanOrEqualTo(100);
    }
  }
}
