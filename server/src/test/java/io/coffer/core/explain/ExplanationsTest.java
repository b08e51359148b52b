package io.coffer.core.explain;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Decision;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.access.Role;
import io.coffer.core.binding.Bound;
import io.coffer.core.group.GroupDrafts;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.IssuedApiKey;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.testing.Drafts;
import io.coffer.testing.Seeds;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class ExplanationsTest {
  private static String secret(SimWorld world) {
    try (var draft = Drafts.secret(world.folder().id(), "s", Drafts.text("k", "v"))) {
      return await(world.secrets().create(world.admin(), draft)).resourceId();
    }
  }

  private static Explanation explain(SimWorld world, String subject, String verb, String resource) {
    return await(world.explanations().explain(world.admin(), subject, verb, resource));
  }

  private static AccessBinding bound(Role role, String accountId) {
    return new AccessBinding(role, SimWorld.account(accountId));
  }

  @Test
  void theNearestBindingThatAllowsItIsNamed() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      world.bind(world.folder().cloudId(), Role.VIEWER, id);
      world.bind(world.folder().id(), Role.LOCKBOX_EDITOR, id);
      Explanation found =
          explain(world, "serviceAccount:" + id, "lockbox.Secret.Get", "secret:" + secretId);
      assertThat(found.allowed()).isTrue();
      assertThat(found.findings().getFirst().decision())
          .isEqualTo(new Decision.Granted(bound(Role.LOCKBOX_EDITOR, id), world.folder().id()));
      assertThat(found.findings()).hasSize(1);
    }
  }

  @Test
  void whatIsLackingAndWhatWouldDoIsSaid() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      world.bind(world.folder().id(), Role.LOCKBOX_EDITOR, id);
      Explanation found = explain(world, "serviceAccount:" + id, "PayloadService.Get", secretId);
      assertThat(found.allowed()).isFalse();
      Explanation.Finding finding = found.findings().getFirst();
      assertThat(finding.decision()).isEqualTo(new Decision.Ungranted());
      assertThat(finding.permission()).isEqualTo(Permission.PAYLOAD_GET);
      assertThat(finding.lacking())
          .containsExactly(
              new Decision.Granted(bound(Role.LOCKBOX_EDITOR, id), world.folder().id()));
      assertThat(finding.roles())
          .containsExactly(Role.LOCKBOX_PAYLOAD_VIEWER, Role.LOCKBOX_ADMIN, Role.ADMIN);
    }
  }

  @Test
  void aGroupThatAllowsItIsNamed() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      String groupId = GroupDrafts.made(world, "team");
      AccessBinding binding =
          new AccessBinding(Role.LOCKBOX_VIEWER, new Subject(Subject.Type.GROUP, groupId));
      await(
          world
              .engine()
              .write(tx -> {
                Access.bind(tx, secretId, List.of(binding));
                return true;
              }));
      assertThat(explain(world, "serviceAccount:" + id, "lockbox.Secret.Get", secretId).allowed())
          .isFalse();
      await(world.groups().updateMembers(world.admin(), groupId, GroupDrafts.add(id)));
      assertThat(
              explain(world, "serviceAccount:" + id, "lockbox.Secret.Get", secretId)
                  .findings()
                  .getFirst()
                  .decision())
          .isEqualTo(new Decision.Granted(binding, secretId));
    }
  }

  @Test
  void anAccountThatIsSuspendedGoneOrUnknownMayNothing() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      world.bind(secretId, Role.ADMIN, id);
      await(world.accounts().suspend(world.admin(), id, "", Optional.empty()));
      Explanation suspended =
          explain(world, "serviceAccount:" + id, "lockbox.Secret.Get", "secret:" + secretId);
      assertThat(suspended.standing()).isEqualTo(Explanation.Standing.SUSPENDED);
      assertThat(suspended.allowed()).isFalse();
      world.bind(secretId, Role.ADMIN, "ajenone");
      assertThat(explain(world, "serviceAccount:ajenone", "SecretService/Get", secretId).standing())
          .isEqualTo(Explanation.Standing.NO_SUCH_ACCOUNT);
    }
  }

  @Test
  void aKeysScopesCount() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      world.bind(secretId, Role.LOCKBOX_ADMIN, id);
      String keyId;
      try (IssuedApiKey issued =
          await(
              world
                  .apiKeys()
                  .create(world.admin(), AccountDrafts.apiKey(id, "lockbox.payloadViewer")))) {
        keyId = issued.key().id();
      }
      assertThat(explain(world, "apiKey:" + keyId, "lockbox.Payload.Get", secretId).allowed())
          .isTrue();
      Explanation out = explain(world, "apiKey:" + keyId, "lockbox.Secret.Get", secretId);
      assertThat(out.allowed()).isFalse();
      assertThat(out.findings().getFirst().decision()).isEqualTo(new Decision.OutOfScope());
      world.bind(secretId, Role.LOCKBOX_VIEWER, "ajelooker");
      assertThat(
              problem(
                  world
                      .explanations()
                      .explain(
                          world.believed("ajelooker"),
                          "apiKey:" + keyId,
                          "lockbox.Secret.Get",
                          secretId)))
          .isEqualTo(new Problem.Denied("iam.apiKey", keyId));
    }
  }

  @Test
  void aPayloadUnderAKeyNeedsTheKeyAsWell() {
    try (SimWorld world = SimWorld.of(1)) {
      String keyId = KeyDrafts.made(world);
      String secretId;
      try (var draft = Drafts.keyed(world.folder().id(), keyId, Drafts.text("k", "v"))) {
        secretId = await(world.secrets().create(world.admin(), draft)).resourceId();
      }
      String id = AccountDrafts.made(world, "robot");
      world.bind(secretId, Role.LOCKBOX_PAYLOAD_VIEWER, id);
      Explanation without = explain(world, "serviceAccount:" + id, "lockbox.Payload.Get", secretId);
      assertThat(without.allowed()).isFalse();
      assertThat(without.findings().getFirst().decision().allows()).isTrue();
      assertThat(without.findings().getLast().permission()).isEqualTo(Permission.KEYS_DECRYPT);
      assertThat(without.findings().getLast().resource().id()).isEqualTo(keyId);
      world.bind(keyId, Role.KMS_KEYS_DECRYPTER, id);
      assertThat(explain(world, "serviceAccount:" + id, "lockbox.Payload.Get", secretId).allowed())
          .isTrue();
    }
  }

  @Test
  void whoMayListTheBindingsOfASecretOnlyIsToldOfThose() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      String id = AccountDrafts.made(world, "robot");
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, id);
      world.bind(secretId, Role.LOCKBOX_VIEWER, "ajelooker");
      Call looker = world.believed("ajelooker");
      Explanation.Finding allowed =
          await(
                  world
                      .explanations()
                      .explain(looker, "serviceAccount:" + id, "lockbox.Secret.Get", secretId))
              .findings()
              .getFirst();
      assertThat(allowed.decision().allows()).isTrue();
      assertThat(allowed.shown()).isFalse();
      Explanation.Finding denied =
          await(
                  world
                      .explanations()
                      .explain(looker, "serviceAccount:" + id, "lockbox.Payload.Get", secretId))
              .findings()
              .getFirst();
      assertThat(denied.lacking()).isEmpty();
      assertThat(
              problem(
                  world
                      .explanations()
                      .explain(
                          looker,
                          "serviceAccount:" + id,
                          "lockbox.Secret.List",
                          "folder:" + world.folder().id())))
          .isEqualTo(new Problem.Denied("resource-manager.folder", world.folder().id()));
    }
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    try (SimWorld world = SimWorld.of(1)) {
      String secretId = secret(world);
      for (String[] wrong :
          new String[][] {
            {"serviceAccount:a", "SecretService.Create", "secret:" + secretId},
            {"serviceAccount:a", "CloudService.Get", "folder:" + world.folder().id()},
            {"serviceAccount:a", "docker.secret.inspect", "secret:" + secretId},
            {"serviceAccount:a", "docker.secret.ls", world.folder().id()},
            {"serviceAccount:a", "SecretService.Get", "lake:x"},
            {"system:x", "SecretService.Get", secretId},
            {"a", "SecretService.Get", secretId},
          }) {
        assertThat(
                problem(world.explanations().explain(world.admin(), wrong[0], wrong[1], wrong[2])))
            .as(String.join(" ", wrong))
            .isInstanceOf(Problem.Invalid.class);
      }
      assertThatThrownBy(() -> Verb.parse("SecretService.Fly")).hasMessageContaining("verb");
      assertThat(
              problem(
                  world
                      .explanations()
                      .explain(world.admin(), "serviceAccount:a", "SecretService.Get", "e6qnone")))
          .isEqualTo(new Problem.NotFound("resource", "e6qnone"));
    }
  }

  @Test
  void aVerbIsReadAsPeopleWriteIt() {
    for (Verb verb : Verb.values()) {
      assertThat(Verb.parse(verb.id())).isEqualTo(verb);
    }
    assertThat(Verb.parse("yandex.cloud.kms.v1.SymmetricKeyService/Rotate"))
        .isEqualTo(Verb.KEY_ROTATE);
    assertThat(Verb.parse("lockbox.payload.get")).isEqualTo(Verb.PAYLOAD_GET);
  }

  /** Whatever is bound to whom and wherever: yes is yes and no is no. */
  @Seeds
  void itSaysWhatAccessSays(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    try (SimWorld world = SimWorld.of(seed)) {
      String secretId = secret(world);
      List<String> accounts =
          List.of(AccountDrafts.made(world, "one"), AccountDrafts.made(world, "two"));
      List<String> lineage = List.of(secretId, world.folder().id(), world.folder().cloudId());
      for (String on : lineage) {
        List<AccessBinding> bindings = new ArrayList<>();
        bindings.add(new AccessBinding(Role.ADMIN, world.admin().caller().subject()));
        for (int i = random.nextInt(3); i > 0; i--) {
          Role role = one(random, List.of(Role.values()));
          bindings.add(
              random.nextInt(4) == 0
                  ? new AccessBinding(role, Subject.ALL_USERS)
                  : bound(role, one(random, accounts)));
        }
        await(
            world
                .engine()
                .write(tx -> {
                  Access.bind(tx, on, bindings);
                  return true;
                }));
      }
      for (Verb verb : Verb.values()) {
        if (verb.on() == Bound.Kind.SECRET && !verb.id().startsWith("docker.")) {
          String account = one(random, accounts);
          Caller caller = new Caller(SimWorld.account(account), "", Caller.Via.IAM_TOKEN);
          boolean decided =
              world
                  .engine()
                  .<Boolean>read(tx ->
                      Access.allows(
                          tx,
                          caller,
                          verb.needs().getFirst(),
                          Resource.secret(secretId, world.folder())));
          assertThat(
                  explain(world, "serviceAccount:" + account, verb.id(), "secret:" + secretId)
                      .allowed())
              .as(verb.id())
              .isEqualTo(decided);
        }
      }
    }
  }

  private static <T> T one(RandomGenerator random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
