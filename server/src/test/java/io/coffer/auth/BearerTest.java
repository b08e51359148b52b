package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.iam.RevokedTokens;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.testing.SimWorld;
import java.time.Duration;
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
                admin.subject(), admin.name(), world.now(), world.now().plus(IamTokens.LIFE), "k"))
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
  void revocationsAreForgottenADayAfterTheirTokensEnd() {
    await(world.logins().revoke(world.admin(), token()));
    world.advance(IamTokens.LIFE.plus(Duration.ofDays(1)));
    assertThat(cut()).isZero();

    world.advance(Duration.ofSeconds(1));
    assertThat(cut()).isEqualTo(1);
    assertThat(cut()).isZero();
  }

  private int cut() {
    return await(world.engine().write(tx -> RevokedTokens.cut(tx, world.now()))).value();
  }
}
