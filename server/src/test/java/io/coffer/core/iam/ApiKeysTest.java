package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {
  private final SimWorld world = SimWorld.of(23);
  private final String accountId = AccountDrafts.made(world, "robot");

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private static String text(IssuedApiKey issued) {
    return issued.secret().lend(bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  @Test
  void aSecretIsGivenOnceAndKeptAsADigest() {
    try (IssuedApiKey issued =
        await(
            world
                .apiKeys()
                .create(
                    world.admin(),
                    new CreateApiKey(
                        accountId,
                        "ci",
                        List.of("viewer", "viewer"),
                        Optional.of(world.now().plusSeconds(9)))))) {
      String secret = text(issued);
      ApiKey key = issued.key();
      assertThat(secret).matches("cak1\\." + key.id() + "\\.[A-Za-z0-9_-]{43}");
      assertThat(ApiKeySecret.parse(secret))
          .contains(new ApiKeySecret.Claimed(key.id(), key.digest()));
      assertThat(key.masked())
          .isEqualTo("cak1." + key.id() + ".***" + secret.substring(secret.length() - 4));
      assertThat(key.scopes()).containsExactly("viewer");
      assertThat(await(world.apiKeys().get(world.admin(), key.id()))).isEqualTo(key);
      String drawn = secret.substring(secret.length() - 43, secret.length() - 5);
      assertThat(issued.toString()).doesNotContain(drawn);
      world
          .rows()
          .forEach(row ->
              assertThat(new String(row.value().shared(), StandardCharsets.ISO_8859_1))
                  .doesNotContain(drawn));
      AuditRecord record = world.records().getLast();
      assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateApiKey");
      assertThat(record.toString()).contains(key.id(), accountId, "viewer").doesNotContain(drawn);
    }
  }

  @Test
  void noTwoSecretsAreTheSame() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      try (IssuedApiKey issued =
          await(world.apiKeys().create(world.admin(), AccountDrafts.apiKey(accountId)))) {
        String secret = text(issued);
        assertThat(seen.add(secret.substring(secret.length() - 43))).isTrue();
      }
    }
  }

  @Test
  void whatIsNotOfTheFormClaimsNothing() {
    String id = "aje45678901234567890";
    String tail = "A".repeat(43);
    assertThat(ApiKeySecret.parse("cak1." + id + "." + tail)).isPresent();
    for (String other :
        List.of(
            "",
            id + "." + tail,
            "cak2." + id + "." + tail,
            "cak1.." + tail,
            "cak1." + id.toUpperCase(java.util.Locale.ROOT) + "." + tail,
            "cak1." + id + "." + tail + "A",
            "cak1." + id + "." + tail.substring(1),
            "cak1." + id + "." + tail.substring(1) + "B",
            "cak1." + id + "." + tail + "\n",
            "cak1.a\0b." + tail,
            "cak1." + "a".repeat(51) + "." + tail)) {
      assertThat(ApiKeySecret.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void aScopeIsTheIdOfARole() {
    assertThatThrownBy(() -> AccountDrafts.apiKey(accountId, "viewer", "lockbox.owner"))
        .hasMessageContaining("must be ids of roles that exist");
    assertThatThrownBy(() -> AccountDrafts.scope("ajekey", "no"))
        .hasMessageContaining("must be ids of roles that exist");
  }

  @Test
  void onlyWhatTheMaskNamesIsChanged() {
    String keyId = AccountDrafts.apiKeyOf(world, accountId);
    Operation changed =
        await(world.apiKeys().update(world.admin(), AccountDrafts.scope(keyId, "viewer")));
    ApiKey key = await(world.apiKeys().get(world.admin(), keyId));
    assertThat(key.scopes()).containsExactly("viewer");
    assertThat(ApiKey.decode(changed.result())).isEqualTo(key);
    await(
        world
            .apiKeys()
            .update(
                world.admin(),
                new UpdateApiKey(
                    keyId,
                    Set.of(UpdateApiKey.Field.EXPIRES_AT, UpdateApiKey.Field.DESCRIPTION),
                    "d",
                    List.of(),
                    Optional.of(world.now()))));
    ApiKey after = await(world.apiKeys().get(world.admin(), keyId));
    assertThat(after.scopes()).containsExactly("viewer");
    assertThat(after.description()).isEqualTo("d");
    assertThat(after.expiresAt()).contains(world.now());
    assertThat(await(world.apiKeys().listOperations(world.admin(), keyId, 0, "")).elements())
        .hasSize(2);
  }

  @Test
  void theHundredthKeyIsMadeAndNoOther() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < ApiKeys.KEYS_MAX; i++) {
      made.add(AccountDrafts.apiKeyOf(world, accountId));
    }
    assertThat(problem(world.apiKeys().create(world.admin(), AccountDrafts.apiKey(accountId))))
        .isEqualTo(new Problem.Exhausted("iam.apiKeys.count", 100));
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<ApiKey> page = await(world.apiKeys().list(world.admin(), accountId, 30, token));
      page.elements().forEach(key -> seen.add(key.id()));
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(made);

    await(world.accounts().delete(world.admin(), accountId));
    assertThat(problem(world.apiKeys().get(world.admin(), made.getFirst())))
        .isEqualTo(new Problem.NotFound("API key", made.getFirst()));
    assertThat(
            world.rows().stream()
                .filter(row ->
                    new String(row.key().shared(), StandardCharsets.UTF_8).contains("api-key")))
        .isEmpty();
  }

  @Test
  void anOperationOnAKeyIsForThoseWhoMayReadTheKey() {
    String keyId = AccountDrafts.apiKeyOf(world, accountId);
    Operation gone = await(world.apiKeys().delete(world.admin(), keyId));
    world.bind(accountId, Role.IAM_KEY_ADMIN, "ajekeeper");

    assertThat(await(world.operations().get(world.believed("ajekeeper"), gone.id())))
        .isEqualTo(gone);
    assertThat(problem(world.operations().get(world.believed("ajeother"), gone.id())))
        .isEqualTo(new Problem.Denied("iam.apiKey", keyId));
  }
}
