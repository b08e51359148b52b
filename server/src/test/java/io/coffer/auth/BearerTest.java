package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.RevokedTokens;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BearerTest {
  private final SimWorld world = SimWorld.of(11);
  private final Bearer bearer = new Bearer(world.engine(), world.tokens(), world.witness());

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String token() {
    ServiceAccount admin = world.founding().admin();
    return world
        .tokens()
        .issue(
            new IamTokens.Claims(
                admin.subject(),
                admin.name(),
                world.now(),
                world.now().plus(IamTokens.LIFE),
                world.founding().adminKey().id()))
        .token();
  }

  private void assertBelieved(String token) {
    assertThat(bearer.believe(Optional.of("Bearer " + token), world.now()).subject())
        .isEqualTo(world.founding().admin().subject());
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> bearer.believe(Optional.of("Bearer " + token), world.now()))
        .isInstanceOfSatisfying(
            CofferException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.Unauthenticated.class));
  }

  @Test
  void aRevokedTokenIsRefusedFromTheNextCallOnAndNoOther() {
    String revoked = token();
    String other = token();
    assertBelieved(revoked);

    assertThat(await(world.logins().revoke(world.admin(), revoked)))
        .isEqualTo(world.founding().admin().id());

    assertRefused(revoked);
    assertBelieved(other);
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.RevokeIamToken");
    assertThat(record.toString()).doesNotContain(revoked);
  }

  @Test
  void whatIsNoTokenOfOursCannotBeRevoked() {
    String expired = token();
    world.advance(IamTokens.LIFE.plusSeconds(1));

    for (String token : new String[] {expired, "t1.AA." + "A".repeat(86), "hush"}) {
      assertThatThrownBy(() -> await(world.logins().revoke(world.admin(), token)))
          .isInstanceOfSatisfying(
              CofferException.class,
              e -> assertThat(e.problem()).isInstanceOf(Problem.Invalid.class))
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void aTokenEndsWithItsAccount() {
    String token = token();
    await(
        world
            .engine()
            .write(tx -> {
              tx.delete(Keyspace.serviceAccount(world.founding().admin().id()));
              return true;
            }));

    assertRefused(token);
  }

  @Test
  void aTokenEndsWithTheKeyThatAskedForItAndNoOtherDoes() {
    String accountId = AccountDrafts.made(world, "robot");
    String keyId = AccountDrafts.keyOf(world, accountId);
    String byKey = token(accountId, keyId);
    String byOther = token(accountId, AccountDrafts.keyOf(world, accountId));
    String byNone = token(accountId, "");
    assertThat(believed(byKey)).isTrue();

    await(world.authorizedKeys().delete(world.admin(), keyId));

    assertThat(believed(byKey)).isFalse();
    assertThat(believed(byOther)).isTrue();
    assertThat(believed(byNone)).isTrue();
  }

  @Test
  void noTokenIsTakenOfAnAccountThatIsSuspendedExpiredOrDeleted() {
    String accountId = AccountDrafts.made(world, "robot");
    String token = token(accountId, "");

    await(world.accounts().suspend(world.admin(), accountId, "looked into", Optional.empty()));
    assertThat(believed(token)).isFalse();
    await(world.accounts().reactivate(world.admin(), accountId));
    assertThat(believed(token)).isTrue();

    Instant until = world.now().plusSeconds(60);
    await(world.accounts().suspend(world.admin(), accountId, "", Optional.of(until)));
    assertThat(believed(token)).isFalse();
    world.advance(Duration.ofSeconds(60));
    assertThat(believed(token)).isTrue();

    await(
        world
            .accounts()
            .update(
                world.admin(),
                AccountDrafts.expire(accountId, Optional.of(world.now().plusSeconds(1)))));
    assertThat(believed(token)).isTrue();
    world.advance(Duration.ofSeconds(1));
    assertThat(believed(token)).isFalse();
    await(
        world.accounts().update(world.admin(), AccountDrafts.expire(accountId, Optional.empty())));
    assertThat(believed(token)).isTrue();

    await(world.accounts().delete(world.admin(), accountId));
    assertThat(believed(token)).isFalse();
  }

  private String token(String accountId, String keyId) {
    return world
        .tokens()
        .issue(
            new IamTokens.Claims(
                SimWorld.account(accountId),
                "robot",
                world.now(),
                world.now().plus(IamTokens.LIFE),
                keyId))
        .token();
  }

  private boolean believed(String token) {
    try {
      return bearer.believe(Optional.of("Bearer " + token), world.now()).believed();
    } catch (CofferException e) {
      assertThat(e.problem()).isInstanceOf(Problem.Unauthenticated.class);
      return false;
    }
  }

  @Test
  void revocationsAreForgottenADayAfterTheirTokensEnd() {
    await(world.logins().revoke(world.admin(), token()));
    world.advance(IamTokens.LIFE.plus(Duration.ofDays(1)));
    assertThat(sweep()).isZero();

    world.advance(Duration.ofSeconds(1));
    assertThat(sweep()).isEqualTo(1);
    assertThat(sweep()).isZero();
  }

  private int sweep() {
    return RevokedTokens.sweep(world.engine(), world.now());
  }
}
