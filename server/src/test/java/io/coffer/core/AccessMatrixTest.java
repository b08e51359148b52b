package io.coffer.core;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import coffer.stored.AuditRecord;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.access.Access;
import io.coffer.core.binding.Bound;
import io.coffer.core.folder.Profile;
import io.coffer.core.group.GroupDrafts;
import io.coffer.core.hierarchy.UpdatePlace;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.core.kms.KeyUses;
import io.coffer.core.kms.SymmetricKey;
import io.coffer.core.operation.Operation;
import io.coffer.core.secret.Deliver;
import io.coffer.core.secret.ScheduleDestruction;
import io.coffer.core.secret.SecretReference;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.UpdateLabels;
import io.coffer.core.secret.UpdateSecret;
import io.coffer.core.template.Context;
import io.coffer.core.workload.FederationDrafts;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.engine.Row;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every verb, asked for by a caller to whom nobody gave anything. A verb class is one that is made
 * with {@link Verbs}; a public method of one that has no row here fails.
 */
final class AccessMatrixTest {
  private static final Map<String, Verb> ROWS =
      Map.ofEntries(
          row(
              "Secrets.create",
              (world, call, at) -> {
                try (var command = Drafts.secret(at.folderId, "new", Drafts.text("k", "v"))) {
                  return world.secrets().create(call, command);
                }
              }),
          row("Secrets.get", (world, call, at) -> world.secrets().get(call, at.secretId)),
          row(
              "Secrets.requireListable",
              (world, call, at) -> world.secrets().requireListable(call, at.folderId)),
          row("Secrets.list", (world, call, at) -> world.secrets().list(call, at.folderId, 0, "")),
          row("Secrets.update", (world, call, at) -> world.secrets().update(call, at.rename())),
          row("Secrets.delete", (world, call, at) -> world.secrets().delete(call, at.secretId)),
          row("Secrets.activate", (world, call, at) -> world.secrets().activate(call, at.secretId)),
          row(
              "Secrets.deactivate",
              (world, call, at) -> world.secrets().deactivate(call, at.secretId)),
          row(
              "Secrets.listOperations",
              (world, call, at) -> world.secrets().listOperations(call, at.secretId, 0, "")),
          row(
              "Versions.list",
              (world, call, at) -> world.versions().list(call, at.secretId, 0, "")),
          row(
              "Versions.setCurrent",
              (world, call, at) -> world.versions().setCurrent(call, at.secretId, at.versionId)),
          row(
              "Versions.scheduleDestruction",
              (world, call, at) ->
                  world
                      .versions()
                      .scheduleDestruction(
                          call,
                          new ScheduleDestruction(at.secretId, at.versionId, Duration.ofDays(7)))),
          row(
              "Versions.cancelDestruction",
              (world, call, at) ->
                  world.versions().cancelDestruction(call, at.secretId, at.scheduledId)),
          row(
              "Operations.cancel",
              (world, call, at) -> world.operations().cancel(call, at.operationId)),
          row(
              "Payloads.current",
              (world, call, at) -> world.payloads().current(call, at.secretId, "")),
          row("Payloads.get", (world, call, at) -> world.payloads().get(call, at.secretId, "")),
          row(
              "Deliveries.deliver",
              (world, call, at) -> world.deliveries().deliver(call, at.deliver())),
          row("Operations.get", (world, call, at) -> world.operations().get(call, at.operationId)),
          row("DockerSecrets.list", (world, call, at) -> world.dockerSecrets().list(call)),
          row(
              "DockerSecrets.inspect",
              (world, call, at) -> world.dockerSecrets().inspect(call, at.dockerReference)),
          row(
              "DockerSecrets.update",
              (world, call, at) -> world.dockerSecrets().update(call, at.update())),
          row(
              "DockerSecrets.delete",
              (world, call, at) -> world.dockerSecrets().delete(call, at.dockerReference)),
          row(
              "Payloads.getEx",
              (world, call, at) ->
                  world.payloads().getEx(call, new SecretReference.ById(at.secretId), "")),
          row(
              "Versions.add",
              (world, call, at) -> {
                try (var command = Drafts.version(at.secretId, Drafts.text("k", "w"))) {
                  return world.versions().add(call, command);
                }
              }),
          row("Bindings.list", (world, call, at) -> world.bindings().list(call, at.bound(), 0, "")),
          row(
              "Bindings.set",
              (world, call, at) -> world.bindings().set(call, at.bound(), List.of())),
          row(
              "Bindings.update",
              (world, call, at) -> world.bindings().update(call, at.bound(), List.of())),
          row(
              "ClientCertificates.create",
              (world, call, at) -> {
                try (CertificateRequest.Draft draft =
                    CertificateRequest.draft(SubjectName.parse("CN=alice"))) {
                  return world
                      .clientCertificates()
                      .create(call, CertificateRequest.parse(draft.pem()), 0);
                }
              }),
          row("Hierarchy.cloud", (world, call, at) -> world.hierarchy().cloud(call, at.cloudId)),
          row("Hierarchy.folder", (world, call, at) -> world.hierarchy().folder(call, at.folderId)),
          row(
              "Hierarchy.clouds",
              (world, call, at) -> world.hierarchy().clouds(call, Optional.empty(), 0, "")),
          row(
              "Hierarchy.folders",
              (world, call, at) ->
                  world.hierarchy().folders(call, at.cloudId, Optional.empty(), 0, "")));

  private static Map.Entry<String, Verb> row(String name, Verb verb) {
    return Map.entry(name, verb);
  }

  private static final Map<String, Verb> KEY_ROWS =
      Map.ofEntries(
          row(
              "SymmetricKeys.create",
              (world, call, at) -> world.keys().create(call, KeyDrafts.key(at.folderId))),
          row("SymmetricKeys.get", (world, call, at) -> world.keys().get(call, at.keyId)),
          row(
              "SymmetricKeys.listOperations",
              (world, call, at) -> world.keys().listOperations(call, at.keyId, 0, "")),
          row(
              "SymmetricKeys.list",
              (world, call, at) -> world.keys().list(call, at.folderId, 0, "")),
          row(
              "SymmetricKeys.update",
              (world, call, at) ->
                  world
                      .keys()
                      .update(call, KeyDrafts.status(at.keyId, SymmetricKey.Status.INACTIVE))),
          row("SymmetricKeys.delete", (world, call, at) -> world.keys().delete(call, at.keyId)),
          row(
              "SymmetricKeys.setPrimaryVersion",
              (world, call, at) -> world.keys().setPrimaryVersion(call, at.keyId, at.keyVersionId)),
          row("SymmetricKeys.rotate", (world, call, at) -> world.keys().rotate(call, at.keyId)),
          row(
              "KeyVersions.list",
              (world, call, at) -> world.keyVersions().list(call, at.keyId, 0, "")),
          row(
              "KeyVersions.scheduleDestruction",
              (world, call, at) ->
                  world
                      .keyVersions()
                      .scheduleDestruction(call, at.keyId, at.keyVersionId, Duration.ZERO)),
          row(
              "KeyVersions.cancelDestruction",
              (world, call, at) ->
                  world.keyVersions().cancelDestruction(call, at.keyId, at.doomedVersionId)),
          row(
              "KeyUses.encrypt",
              (world, call, at) -> KeyDrafts.encrypt(world, call, at.keyId, "", "v")),
          row(
              "KeyUses.decrypt",
              (world, call, at) -> KeyDrafts.decrypt(world, call, at.keyId, at.ciphertext)),
          row(
              "KeyUses.reEncrypt",
              (world, call, at) ->
                  world
                      .keyUses()
                      .reEncrypt(
                          call, at.target(), at.keyId, Bytes.utf8("context"), at.ciphertext)),
          row(
              "KeyUses.generateDataKey",
              (world, call, at) ->
                  world.keyUses().generateDataKey(call, at.target(), Algorithm.AES_256, true)));

  private static final Map<String, Verb> ACCOUNT_ROWS =
      Map.ofEntries(
          row(
              "ServiceAccounts.create",
              (world, call, at) ->
                  world.accounts().create(call, AccountDrafts.account(at.folderId, "new"))),
          row("ServiceAccounts.get", (world, call, at) -> world.accounts().get(call, at.accountId)),
          row(
              "ServiceAccounts.list",
              (world, call, at) ->
                  world.accounts().list(call, at.folderId, Optional.empty(), 0, "")),
          row(
              "ServiceAccounts.update",
              (world, call, at) ->
                  world.accounts().update(call, AccountDrafts.rename(at.accountId, "renamed"))),
          row(
              "ServiceAccounts.delete",
              (world, call, at) -> world.accounts().delete(call, at.accountId)),
          row(
              "ServiceAccounts.suspend",
              (world, call, at) ->
                  world.accounts().suspend(call, at.accountId, "", Optional.empty())),
          row(
              "ServiceAccounts.reactivate",
              (world, call, at) -> world.accounts().reactivate(call, at.accountId)),
          row(
              "ServiceAccounts.listOperations",
              (world, call, at) -> world.accounts().listOperations(call, at.accountId, 0, "")),
          row(
              "ServiceAccounts.lend",
              (world, call, at) -> world.accounts().lend(call, at.accountId)),
          row(
              "ApiKeys.create",
              (world, call, at) ->
                  world.apiKeys().create(call, AccountDrafts.apiKey(at.accountId))),
          row("ApiKeys.get", (world, call, at) -> world.apiKeys().get(call, at.apiKeyId)),
          row("ApiKeys.list", (world, call, at) -> world.apiKeys().list(call, at.accountId, 0, "")),
          row(
              "ApiKeys.update",
              (world, call, at) ->
                  world.apiKeys().update(call, AccountDrafts.scope(at.apiKeyId, "viewer"))),
          row("ApiKeys.delete", (world, call, at) -> world.apiKeys().delete(call, at.apiKeyId)),
          row(
              "ApiKeys.listOperations",
              (world, call, at) -> world.apiKeys().listOperations(call, at.apiKeyId, 0, "")),
          row(
              "AuthorizedKeys.create",
              (world, call, at) ->
                  world.authorizedKeys().create(call, AccountDrafts.key(at.accountId))),
          row(
              "AuthorizedKeys.get",
              (world, call, at) -> world.authorizedKeys().get(call, at.loginKeyId)),
          row(
              "AuthorizedKeys.list",
              (world, call, at) -> world.authorizedKeys().list(call, at.accountId, 0, "")),
          row(
              "AuthorizedKeys.update",
              (world, call, at) -> world.authorizedKeys().update(call, at.loginKeyId, "d")),
          row(
              "AuthorizedKeys.delete",
              (world, call, at) -> world.authorizedKeys().delete(call, at.loginKeyId)),
          row(
              "AuthorizedKeys.listOperations",
              (world, call, at) ->
                  world.authorizedKeys().listOperations(call, at.loginKeyId, 0, "")));

  private static final Map<String, Verb> GROUP_ROWS =
      Map.ofEntries(
          row(
              "Groups.create",
              (world, call, at) ->
                  world.groups().create(call, GroupDrafts.group(at.cloudId, "new"))),
          row("Groups.get", (world, call, at) -> world.groups().get(call, at.groupId)),
          row(
              "Groups.list",
              (world, call, at) -> world.groups().list(call, at.cloudId, Optional.empty(), 0, "")),
          row(
              "Groups.update",
              (world, call, at) ->
                  world.groups().update(call, GroupDrafts.rename(at.groupId, "renamed"))),
          row("Groups.delete", (world, call, at) -> world.groups().delete(call, at.groupId)),
          row(
              "Groups.members",
              (world, call, at) -> world.groups().members(call, at.groupId, 0, "")),
          row(
              "Groups.updateMembers",
              (world, call, at) ->
                  world.groups().updateMembers(call, at.groupId, GroupDrafts.add("CN=alice"))),
          row(
              "Groups.listOperations",
              (world, call, at) -> world.groups().listOperations(call, at.groupId, 0, "")),
          row(
              "Groups.effective",
              (world, call, at) ->
                  world
                      .groups()
                      .effective(call, at.accountId, at.cloudId, Optional.empty(), 0, "")));

  private static final Map<String, Verb> USER_ROWS =
      Map.ofEntries(
          row(
              "UserAccounts.create",
              (world, call, at) ->
                  world.userAccounts().create(call, AccountDrafts.user(at.cloudId, "new"))),
          row("UserAccounts.get", (world, call, at) -> world.userAccounts().get(call, at.userId)),
          row(
              "UserAccounts.list",
              (world, call, at) -> world.userAccounts().list(call, at.cloudId, 0, "")),
          row(
              "UserAccounts.delete",
              (world, call, at) -> world.userAccounts().delete(call, at.userId)),
          row(
              "UserAccounts.createKey",
              (world, call, at) ->
                  world.userAccounts().createKey(call, AccountDrafts.key(at.userId))),
          row(
              "UserAccounts.listKeys",
              (world, call, at) -> world.userAccounts().listKeys(call, at.userId, 0, "")));

  private static final Map<String, Verb> WORKLOAD_ROWS =
      Map.ofEntries(
          row(
              "Federations.create",
              (world, call, at) ->
                  world
                      .federations()
                      .create(call, FederationDrafts.federation(at.folderId, "new"))),
          row(
              "Federations.get",
              (world, call, at) -> world.federations().get(call, at.federationId)),
          row(
              "Federations.list",
              (world, call, at) -> world.federations().list(call, at.folderId, 0, "")),
          row(
              "Federations.update",
              (world, call, at) ->
                  world
                      .federations()
                      .update(call, FederationDrafts.disabled(at.federationId, true))),
          row(
              "Federations.delete",
              (world, call, at) -> world.federations().delete(call, at.federationId)),
          row(
              "FederatedCredentials.create",
              (world, call, at) ->
                  world
                      .credentials()
                      .create(call, AccountDrafts.credential(at.accountId, at.federationId, "b"))),
          row(
              "FederatedCredentials.get",
              (world, call, at) -> world.credentials().get(call, at.credentialId)),
          row(
              "FederatedCredentials.list",
              (world, call, at) -> world.credentials().list(call, at.accountId, 0, "")),
          row(
              "FederatedCredentials.delete",
              (world, call, at) -> world.credentials().delete(call, at.credentialId)));

  private static final Map<String, Verb> PLACE_ROWS =
      Map.ofEntries(
          row(
              "Hierarchy.cloudOperations",
              (world, call, at) -> world.hierarchy().cloudOperations(call, at.cloudId, 0, "")),
          row(
              "Hierarchy.folderOperations",
              (world, call, at) -> world.hierarchy().folderOperations(call, at.folderId, 0, "")),
          row(
              "Explanations.explain",
              (world, call, at) ->
                  world
                      .explanations()
                      .explain(
                          call,
                          "serviceAccount:ajeany",
                          "lockbox.Payload.Get",
                          "secret:" + at.secretId)),
          row(
              "HierarchyChanges.createCloud",
              (world, call, at) -> world.hierarchyChanges().createCloud(call, Profile.of("new"))),
          row(
              "HierarchyChanges.updateCloud",
              (world, call, at) -> world.hierarchyChanges().updateCloud(call, rename(at.cloudId))),
          row(
              "HierarchyChanges.deleteCloud",
              (world, call, at) ->
                  world.hierarchyChanges().deleteCloud(call, at.emptyCloudId, Optional.empty())),
          row(
              "HierarchyChanges.createFolder",
              (world, call, at) ->
                  world.hierarchyChanges().createFolder(call, at.cloudId, Profile.of("new"))),
          row(
              "HierarchyChanges.updateFolder",
              (world, call, at) ->
                  world.hierarchyChanges().updateFolder(call, rename(at.folderId))),
          row(
              "HierarchyChanges.deleteFolder",
              (world, call, at) ->
                  world.hierarchyChanges().deleteFolder(call, at.emptyFolderId, Optional.empty())));

  private static UpdatePlace rename(String id) {
    return new UpdatePlace(id, Set.of(UpdatePlace.Field.NAME), Profile.of("renamed"));
  }

  private static final Map<String, Verb> ALL =
      Stream.of(ROWS, KEY_ROWS, ACCOUNT_ROWS, PLACE_ROWS, GROUP_ROWS, USER_ROWS, WORKLOAD_ROWS)
          .flatMap(rows -> rows.entrySet().stream())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Says which folder the door shows, which its settings say as well. */
  private static final Set<String> NO_VERBS = Set.of("DockerSecrets.folderId");

  @Test
  void everyVerbHasARow() {
    Set<String> verbs =
        new ClassFileImporter()
            .importUrl(Verbs.class.getProtectionDomain().getCodeSource().getLocation()).stream()
                .filter(AccessMatrixTest::isVerbClass)
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .map(AccessMatrixTest::name)
                .filter(name -> !NO_VERBS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(verbs).isEqualTo(new TreeSet<>(ALL.keySet()));
  }

  private static boolean isVerbClass(JavaClass type) {
    return type.getPackageName().startsWith("io.coffer.core")
        && type.getConstructors().stream()
            .anyMatch(maker ->
                maker.getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(Verbs.class)));
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }

  @TestFactory
  Stream<DynamicTest> aCallerWithoutTheGrantLearnsNothing() {
    return ALL.entrySet().stream()
        .map(row ->
            dynamicTest(
                row.getKey(),
                () -> {
                  try (SimWorld world = SimWorld.of(1)) {
                    Call stranger = world.believed("ajestranger");
                    assertDenied(world, row.getValue(), stranger, Targets.existing(world));
                    assertDenied(world, row.getValue(), stranger, Targets.missing());
                    assertDenied(world, row.getValue(), world.nobody(), Targets.existing(world));
                  }
                }));
  }

  private static void assertDenied(SimWorld world, Verb verb, Call call, Targets at) {
    List<Row> before = world.rows();
    List<Row> changes = world.changes();
    int recordsBefore = world.records().size();

    assertThat(problem(verb.ask(world, call, at))).isInstanceOf(Problem.Denied.class);

    assertThat(world.rows()).isEqualTo(before);
    assertThat(world.changes()).isEqualTo(changes);
    List<AuditRecord> added = world.records().subList(recordsBefore, world.records().size());
    assertThat(added).hasSize(1);
    assertThat(added.getFirst().getAuthorized()).isFalse();
    assertThat(added.getFirst().getStatus()).isEqualTo("Denied");
    assertThat(added.getFirst().getSubjectId()).isEqualTo(call.caller().subject().id());
  }

  /** The feed of changes has no other source than what verbs leave. */
  @TestFactory
  Stream<DynamicTest> aVerbThatChangesASecretLeavesAChange() {
    return ROWS.entrySet().stream()
        .map(row ->
            dynamicTest(
                row.getKey(),
                () -> {
                  try (SimWorld world = SimWorld.of(1)) {
                    Targets at = Targets.existing(world);
                    Map<Bytes, Long> before = secretRows(world);
                    int changes = world.changes().size();
                    await(row.getValue().ask(world, world.admin(), at));
                    boolean changed = !secretRows(world).equals(before);
                    assertThat(world.changes()).hasSize(changes + (changed ? 1 : 0));
                  }
                }));
  }

  /** Secrets and versions, and when each was last written. */
  private static Map<Bytes, Long> secretRows(SimWorld world) {
    return world.rows().stream()
        .filter(row -> row.key().at(0) == 's' || row.key().at(0) == 'v')
        .collect(Collectors.toMap(Row::key, Row::revision));
  }

  @TestFactory
  Stream<DynamicTest> theAdministratorMay() {
    return ALL.entrySet().stream()
        .map(row ->
            dynamicTest(
                row.getKey(),
                () -> {
                  try (SimWorld world = SimWorld.of(1)) {
                    Targets at = Targets.existing(world);
                    assertThat(await(row.getValue().ask(world, world.admin(), at))).isNotNull();
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> aGrantWorksOnTheNextCallAndSoDoesItsEnd() {
    return ALL.entrySet().stream()
        .map(row ->
            dynamicTest(
                row.getKey(),
                () -> {
                  try (SimWorld world = SimWorld.of(1)) {
                    Targets at = Targets.existing(world);
                    Call call = world.believed("ajesomebody");
                    for (String cloudId : List.of(at.cloudId, at.emptyCloudId)) {
                      world.bind(cloudId, io.coffer.core.access.Role.ADMIN, "ajesomebody");
                    }
                    assertThat(await(row.getValue().ask(world, call, at))).isNotNull();

                    await(
                        world
                            .engine()
                            .write(tx -> {
                              Access.bind(tx, at.cloudId, List.of());
                              Access.bind(tx, at.emptyCloudId, List.of());
                              return true;
                            }));
                    Targets other = Targets.missing();
                    assertThat(problem(row.getValue().ask(world, call, other)))
                        .isInstanceOf(Problem.Denied.class);
                  }
                }));
  }

  @FunctionalInterface
  private interface Verb {
    CompletionStage<?> ask(SimWorld world, Call call, Targets at);
  }

  private record Targets(
      String cloudId,
      String folderId,
      String secretId,
      String versionId,
      String scheduledId,
      String operationId,
      String dockerReference,
      UpdateLabels update,
      String keyId,
      String keyVersionId,
      String doomedVersionId,
      Bytes ciphertext,
      String accountId,
      String loginKeyId,
      String apiKeyId,
      String groupId,
      String userId,
      String federationId,
      String credentialId,
      String emptyCloudId,
      String emptyFolderId) {
    KeyUses.Target target() {
      return new KeyUses.Target(keyId, "", Bytes.EMPTY);
    }

    /** Made by the administrator. */
    static Targets existing(SimWorld world) {
      String folderId = world.folder().id();
      try (var command = Drafts.secret(folderId, "there", Drafts.text("k", "v"));
          var docker =
              Drafts.docker(
                  world.dockerFolder().id(), "there" + world.rows().size(), new byte[1])) {
        Operation made = await(world.secrets().create(world.admin(), command));
        String scheduledId;
        try (var more = Drafts.version(made.resourceId(), Drafts.text("k", "old"))) {
          scheduledId = await(world.versions().add(world.admin(), more)).versionId();
        }
        await(
            world
                .versions()
                .scheduleDestruction(
                    world.admin(),
                    new ScheduleDestruction(made.resourceId(), scheduledId, Duration.ofDays(7))));
        await(world.versions().setCurrent(world.admin(), made.resourceId(), made.versionId()));
        String reference = await(world.secrets().create(world.dockerAdmin(), docker)).resourceId();
        String keyId = KeyDrafts.made(world);
        Bytes ciphertext =
            await(KeyDrafts.encrypt(world, world.admin(), keyId, "", "v")).ciphertext();
        // Of three versions one is primary, and one waits for its destruction.
        String doomedVersionId = await(world.keys().rotate(world.admin(), keyId)).versionId();
        String keyVersionId = await(world.keys().rotate(world.admin(), keyId)).versionId();
        await(world.keys().rotate(world.admin(), keyId));
        await(
            world
                .keyVersions()
                .scheduleDestruction(world.admin(), keyId, doomedVersionId, Duration.ofDays(1)));
        String accountId = AccountDrafts.made(world, "there" + world.rows().size());
        String federationId = FederationDrafts.made(world, "there" + world.rows().size());
        SecretView view = await(world.dockerSecrets().inspect(world.dockerAdmin(), reference));
        return new Targets(
            world.folder().cloudId(),
            folderId,
            made.resourceId(),
            made.versionId(),
            scheduledId,
            made.id(),
            reference,
            update(reference, view.secret().name(), view.revision()),
            keyId,
            keyVersionId,
            doomedVersionId,
            ciphertext,
            accountId,
            AccountDrafts.keyOf(world, accountId),
            AccountDrafts.apiKeyOf(world, accountId),
            GroupDrafts.made(world, "there" + world.rows().size()),
            AccountDrafts.userMade(world, "there" + world.rows().size()),
            federationId,
            await(
                    world
                        .credentials()
                        .create(
                            world.admin(), AccountDrafts.credential(accountId, federationId, "a")))
                .resourceId(),
            await(
                    world
                        .hierarchyChanges()
                        .createCloud(world.admin(), Profile.of("empty" + world.rows().size())))
                .resourceId(),
            await(
                    world
                        .hierarchyChanges()
                        .createFolder(
                            world.admin(),
                            world.folder().cloudId(),
                            Profile.of("empty" + world.rows().size())))
                .resourceId());
      }
    }

    Bound bound() {
      return Bound.secret(secretId);
    }

    static Targets missing() {
      return new Targets(
          "b1gnone",
          "b1gnone",
          "e6qnone",
          "e6qnone",
          "e6qnone",
          "e6qnone",
          "none",
          update("none", "none", 1),
          "abjnone",
          "abjnone",
          "abjnone",
          Bytes.EMPTY,
          "ajenone",
          "ajenone",
          "ajenone",
          "ajenone",
          "ajenone",
          "ajenone",
          "ajenone",
          "b1gnone",
          "b1gnone");
    }

    UpdateSecret rename() {
      return new UpdateSecret(
          secretId,
          Set.of(UpdateSecret.Field.NAME),
          "renamed",
          "",
          new TreeMap<>(),
          false,
          Optional.empty());
    }

    Deliver deliver() {
      Context to =
          new Context(
              new Context.Service("s", "s", Map.of()),
              new Context.Node("n", "", "", ""),
              new Context.Task("t", "t", "1"));
      return new Deliver(dockerReference, "", "", to);
    }

    private static UpdateLabels update(String reference, String name, long revision) {
      return new UpdateLabels(reference, name, Optional.empty(), new TreeMap<>(), revision);
    }
  }
}
