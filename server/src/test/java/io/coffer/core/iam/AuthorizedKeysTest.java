package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.crypto.Pem;
import io.coffer.crypto.RsaKeys;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthorizedKeysTest {
  private final SimWorld world = SimWorld.of(22);
  private final String accountId = AccountDrafts.made(world, "robot");

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private IssuedKey issued(RsaKeys.Algorithm algorithm) {
    return await(
        world
            .authorizedKeys()
            .create(world.admin(), new CreateAuthorizedKey(accountId, "ci", algorithm)));
  }

  @Test
  void aPrivateKeyIsGivenOnceInTheFormOfTheKeyFileAndNotKept() {
    try (IssuedKey issued = issued(RsaKeys.Algorithm.RSA_2048)) {
      String text = issued.privateKey().lend(bytes -> new String(bytes, StandardCharsets.US_ASCII));
      assertThat(text)
          .startsWith(
              "PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <"
                  + issued.key().id()
                  + ">\n-----BEGIN PRIVATE KEY-----\n")
          .endsWith("\n-----END PRIVATE KEY-----\n");
      assertThat(issued.toString()).doesNotContain("PRIVATE");
      assertThat(await(world.authorizedKeys().get(world.admin(), issued.key().id())))
          .isEqualTo(issued.key());
      assertThat(issued.key().description()).isEqualTo("ci");
      assertThat(issued.key().publicKeyPem()).startsWith("-----BEGIN PUBLIC KEY-----\n");

      String line = text.lines().toList().get(10);
      String der =
          new String(
              Pem.decode(Pem.PRIVATE_KEY, text.getBytes(StandardCharsets.US_ASCII)),
              StandardCharsets.ISO_8859_1);
      assertThat(line).hasSize(64);
      world
          .rows()
          .forEach(row ->
              assertThat(new String(row.value().shared(), StandardCharsets.ISO_8859_1))
                  .doesNotContain(line)
                  .doesNotContain(der.substring(300, 330)));
      AuditRecord record = world.records().getLast();
      assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateKey");
      assertThat(record.toString()).contains(issued.key().id(), accountId).doesNotContain(line);
    }
  }

  @Test
  void aLongKeyHasTwiceTheBits() throws GeneralSecurityException {
    try (IssuedKey issued = issued(RsaKeys.Algorithm.RSA_4096)) {
      byte[] der =
          Pem.decode(
              Pem.PUBLIC_KEY, issued.key().publicKeyPem().getBytes(StandardCharsets.US_ASCII));
      RSAPublicKey key =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      assertThat(key.getModulus().bitLength()).isEqualTo(4096);
      assertThat(issued.key().algorithm()).isEqualTo("RSA_4096");
    }
  }

  @Test
  void nobodyWhoMayNotHasAKeyDrawn() {
    AtomicInteger drawn = new AtomicInteger();
    AuthorizedKeys keys = keys(_ -> drawn.incrementAndGet());
    assertThat(problem(keys.create(world.believed("ajesomebody"), AccountDrafts.key(accountId))))
        .isEqualTo(new Problem.Denied("iam.serviceAccount", accountId));
    for (int i = 0; i < AuthorizedKeys.KEYS_MAX; i++) {
      AccountDrafts.keyOf(world, accountId);
    }
    assertThat(problem(keys.create(world.admin(), AccountDrafts.key(accountId))))
        .isEqualTo(new Problem.Exhausted("iam.keys.count", 100));
    assertThat(drawn).hasValue(0);
  }

  @Test
  void theHundredthKeyIsMadeAndNoOther() {
    for (int i = 0; i < AuthorizedKeys.KEYS_MAX - 1; i++) {
      AccountDrafts.keyOf(world, accountId);
    }
    issued(RsaKeys.Algorithm.RSA_2048).close();
    assertThat(problem(world.authorizedKeys().create(world.admin(), AccountDrafts.key(accountId))))
        .isInstanceOf(Problem.Exhausted.class);
    await(world.accounts().delete(world.admin(), accountId));
    assertThat(world.rows().stream().filter(row -> row.key().at(0) == 'j')).hasSize(1);
  }

  @Test
  void thatThereIsTooMuchToDoIsTold() {
    Problem busy = new Problem.Unavailable("busy", Duration.ofSeconds(1));
    AuthorizedKeys keys =
        keys(_ -> {
          throw busy.asException();
        });
    assertThat(problem(keys.create(world.admin(), AccountDrafts.key(accountId)))).isEqualTo(busy);
  }

  private AuthorizedKeys keys(Executor slowWork) {
    return new AuthorizedKeys(
        new Verbs(world.engine(), world.witness()),
        world.witness(),
        new Ids(world.entropy()),
        world.keyring(),
        slowWork);
  }

  @Test
  void whoNamesNoAccountMeansHisOwn() {
    world.bind(accountId, Role.IAM_KEY_ADMIN, accountId);
    try (IssuedKey issued =
        await(world.authorizedKeys().create(world.believed(accountId), AccountDrafts.key("")))) {
      assertThat(issued.key().account()).isEqualTo(SimWorld.account(accountId));
      assertThat(
              await(world.authorizedKeys().list(world.believed(accountId), "", 0, "")).elements())
          .containsExactly(issued.key());
    }
    Call alice =
        world.call(
            new Caller(
                new Subject(Subject.Type.CERTIFICATE, "CN=alice"), "", Caller.Via.CERTIFICATE),
            Call.Door.LOCKBOX);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> world.authorizedKeys().list(alice, "", 0, ""))
        .hasMessageContaining("the caller is none");
  }

  @Test
  void aKeyIsDescribedListedAndDeleted() {
    String keyId = AccountDrafts.keyOf(world, accountId);
    Operation described = await(world.authorizedKeys().update(world.admin(), keyId, "d"));
    assertThat(AuthorizedKey.decode(described.result()).description()).isEqualTo("d");
    assertThat(await(world.authorizedKeys().get(world.admin(), keyId)).description())
        .isEqualTo("d");
    assertThat(await(world.authorizedKeys().listOperations(world.admin(), keyId, 0, "")).elements())
        .containsExactly(described);
    assertThat(await(world.operations().get(world.admin(), described.id()))).isEqualTo(described);
    world.bind(accountId, Role.IAM_KEY_ADMIN, "ajekeeper");
    assertThat(await(world.operations().get(world.believed("ajekeeper"), described.id())))
        .isEqualTo(described);

    await(world.authorizedKeys().delete(world.admin(), keyId));
    assertThat(problem(world.authorizedKeys().get(world.admin(), keyId)))
        .isEqualTo(new Problem.NotFound("key", keyId));
    assertThat(await(world.authorizedKeys().list(world.admin(), accountId, 0, "")).elements())
        .isEmpty();
  }

  @Test
  void pagesGiveEachKeyOnce() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(AccountDrafts.keyOf(world, accountId));
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<AuthorizedKey> page =
          await(world.authorizedKeys().list(world.admin(), accountId, 2, token));
      page.elements().forEach(key -> seen.add(key.id()));
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
  }
}
