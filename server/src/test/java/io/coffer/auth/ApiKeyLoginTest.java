package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.access.Role;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.CreateApiKey;
import io.coffer.core.iam.IssuedApiKey;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who shows an API key is its account, within its scopes, until either ends. */
final class ApiKeyLoginTest {
  private final SimWorld world = SimWorld.of(24);
  private final Bearer bearer = new Bearer(world.engine(), world.tokens(), world.witness());
  private final String accountId = AccountDrafts.made(world, "robot");

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private record Made(String keyId, String secret) {}

  private Made key(Optional<Instant> expiresAt, String... scopes) {
    try (IssuedApiKey issued =
        await(
            world
                .apiKeys()
                .create(
                    world.admin(), new CreateApiKey(accountId, "", List.of(scopes), expiresAt)))) {
      return new Made(
          issued.key().id(),
          issued.secret().lend(bytes -> new String(bytes, StandardCharsets.US_ASCII)));
    }
  }

  private Optional<Caller> caller(String header) {
    try {
      return Optional.of(bearer.believe(Optional.of(header), world.now()));
    } catch (CofferException e) {
      assertThat(e.problem())
          .isEqualTo(new Problem.Unauthenticated("API key is invalid or has expired."));
      return Optional.empty();
    }
  }

  private boolean believed(Made key) {
    return caller("Api-Key " + key.secret()).isPresent();
  }

  @Test
  void whoShowsAKeyIsItsAccount() {
    Made key = key(Optional.empty(), "lockbox.viewer");
    for (String scheme : List.of("Api-Key ", "api-key ", "API-KEY  ")) {
      assertThat(caller(scheme + key.secret() + " "))
          .contains(
              new Caller(
                  SimWorld.account(accountId),
                  "robot",
                  Caller.Via.API_KEY,
                  List.of("lockbox.viewer")));
    }
  }

  @Test
  void aKeyIsRefusedFromTheNextCallOnThatIsDeletedOrExpiredOrOfNoAccount() {
    Made deleted = key(Optional.empty());
    Made other = key(Optional.empty());
    Made ending = key(Optional.of(world.now().plusSeconds(10)));
    assertThat(believed(deleted)).isTrue();
    assertThat(believed(ending)).isTrue();

    await(world.apiKeys().delete(world.admin(), deleted.keyId()));
    assertThat(believed(deleted)).isFalse();
    assertThat(believed(other)).isTrue();
    world.advance(Duration.ofSeconds(10));
    assertThat(believed(ending)).isFalse();
    await(world.accounts().suspend(world.admin(), accountId, "", Optional.empty()));
    assertThat(believed(other)).isFalse();
    await(world.accounts().reactivate(world.admin(), accountId));
    assertThat(believed(other)).isTrue();
    await(world.accounts().delete(world.admin(), accountId));
    assertThat(believed(other)).isFalse();
  }

  @Test
  void whatIsNoKeyOfOursIsRefused() {
    Made key = key(Optional.empty());
    String secret = key.secret();
    String tail = secret.substring(secret.length() - 43);
    char first = tail.charAt(0);
    for (String sent :
        List.of(
            "",
            "hush",
            secret.substring(0, secret.length() - 1),
            secret + "A",
            "cak1." + key.keyId() + "." + (first == 'A' ? 'B' : 'A') + tail.substring(1),
            "cak1.ajenone." + tail,
            "cak1." + key(Optional.empty()).keyId() + "." + tail,
            "cak1." + key.keyId() + ".***" + tail.substring(39))) {
      assertThat(caller("Api-Key " + sent)).as(sent).isEmpty();
    }
    assertThat(world.records().getLast().toString()).doesNotContain(tail);
  }

  @Test
  void aScopeNarrowsAndNeverWidens() {
    String secretId;
    try (var command = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"))) {
      secretId = await(world.secrets().create(world.admin(), command)).resourceId();
    }
    Call unlimited = call(key(Optional.empty()));
    Call payload = call(key(Optional.empty(), "lockbox.payloadViewer"));
    Call both = call(key(Optional.empty(), "lockbox.payloadViewer", "lockbox.viewer"));
    Call admin = call(key(Optional.empty(), "admin"));
    assertThat(problem(world.secrets().get(admin, secretId))).isInstanceOf(Problem.Denied.class);

    world.bind(world.folder().id(), Role.LOCKBOX_ADMIN, accountId);
    for (Call may : List.of(unlimited, both, admin)) {
      assertThat(await(world.secrets().get(may, secretId))).isNotNull();
    }
    for (Call may : List.of(unlimited, payload, both, admin)) {
      await(world.payloads().get(may, secretId, "")).close();
    }
    assertThat(problem(world.secrets().get(payload, secretId)))
        .isEqualTo(new Problem.Denied("lockbox.secret", secretId));
    assertThat(problem(world.secrets().delete(both, secretId)))
        .isEqualTo(new Problem.Denied("lockbox.secret", secretId));
    String operationId = await(world.secrets().deactivate(unlimited, secretId)).id();
    assertThat(problem(world.operations().get(payload, operationId)))
        .isInstanceOf(Problem.Denied.class);
    assertThat(await(world.operations().get(both, operationId)).id()).isEqualTo(operationId);
  }

  private Call call(Made key) {
    return world.call(caller("Api-Key " + key.secret()).orElseThrow(), Call.Door.LOCKBOX);
  }
}
