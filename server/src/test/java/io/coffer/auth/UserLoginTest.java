package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.core.access.Role;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.testing.LoginKeys;
import io.coffer.testing.SimWorld;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person logs in as a program does, and is a person from then on. */
final class UserLoginTest {
  private final SimWorld world = SimWorld.of(17);
  private final Bearer bearer = new Bearer(world.engine(), world.tokens(), world.witness());
  private final String alice = AccountDrafts.userMade(world, "alice");
  private final String keyId = AccountDrafts.keyOfUser(world, alice);
  private final Subject person = new Subject(Subject.Type.USER_ACCOUNT, alice);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String jwt(String issuer) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(keyId).build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer)
                  .audience("https://localhost/iam/v1/tokens")
                  .issueTime(Date.from(world.now()))
                  .expirationTime(Date.from(world.now().plusSeconds(3600)))
                  .build());
      jwt.sign(new RSASSASigner(LoginKeys.privateKey()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private String token() {
    return await(world.logins().byJwt(world.nobody(), jwt(alice))).token();
  }

  private Optional<Caller> believed(String token) {
    try {
      return Optional.of(bearer.believe(Optional.of("Bearer " + token), world.now()));
    } catch (CofferException e) {
      assertThat(e.problem()).isInstanceOf(Problem.Unauthenticated.class);
      return Optional.empty();
    }
  }

  @Test
  void aJwtOfAPersonsKeyIsALoginOfThatPerson() {
    String token = token();
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateIamToken");
    assertThat(record.getSubjectType()).isEqualTo("USER_ACCOUNT");
    assertThat(record.getSubjectName()).isEqualTo("alice");
    assertThat(record.toString()).contains("user_account_id", alice, keyId);
    assertThat(believed(token)).contains(new Caller(person, "alice", Caller.Via.IAM_TOKEN));
  }

  @Test
  void whatIsBoundToThePersonCountsAndWhatIsBoundToAProgramOfThatIdDoesNot() {
    Caller caller = believed(token()).orElseThrow();
    var call = world.person(alice).by(caller);
    world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, alice);
    assertThat(problem(world.secrets().list(call, world.folder().id(), 0, "")))
        .isInstanceOf(Problem.Denied.class);
    world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, person);
    assertThat(await(world.secrets().list(call, world.folder().id(), 0, ""))).isNotNull();
  }

  @Test
  void theIssuerIsTheAccountOfTheKey() {
    assertThat(problem(world.logins().byJwt(world.nobody(), jwt(world.founding().admin().id()))))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void aTokenEndsWithItsRevocationWithItsKeyAndWithItsAccount() {
    String revoked = token();
    String other = token();
    await(world.logins().revoke(world.admin(), revoked));
    assertThat(believed(revoked)).isEmpty();
    assertThat(believed(other)).isPresent();

    await(world.authorizedKeys().delete(world.admin(), keyId));
    assertThat(believed(other)).isEmpty();
    assertThat(problem(world.logins().byJwt(world.nobody(), jwt(alice))))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void aDeletedPersonIsBelievedNoMore() {
    String token = token();
    String jwt = jwt(alice);
    await(world.userAccounts().delete(world.admin(), alice));
    assertThat(believed(token)).isEmpty();
    assertThat(problem(world.logins().byJwt(world.nobody(), jwt)))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void nobodyIsLentATokenOfAPerson() {
    assertThat(problem(world.logins().forAccount(world.admin(), alice)))
        .isEqualTo(new Problem.NotFound("service account", alice));
  }
}
