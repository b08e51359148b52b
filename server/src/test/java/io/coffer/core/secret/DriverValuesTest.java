package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.template.Context;
import io.coffer.engine.EngineException;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets whose values are elsewhere: who is asked when, and what is written down first. */
@Timeout(60)
final class DriverValuesTest {
  private final SimWorld world = SimWorld.committing(11);

  @BeforeEach
  void aDriverIsThere() {
    world.drivers().put("vault", _ -> CompletableFuture.completedStage(bytes("from elsewhere")));
  }

  @AfterEach
  void everyTestLeavesASoundEngine() {
    world.close();
  }

  @SuppressWarnings("MustBeClosedChecker") // Whoever asked closes it.
  private static SecretBytes bytes(String text) {
    return SecretBytes.takeOver(text.getBytes(StandardCharsets.UTF_8));
  }

  private CompletionStage<Operation> create(Call call, String name, PayloadEntry... entries) {
    try (CreateSecret command =
        CreateSecret.fromDocker(
            world.dockerFolder().id(),
            name,
            Map.of("a", "1"),
            List.of(entries),
            Optional.of(new Driver("vault", new TreeMap<>(Map.of("hidden", "option")))),
            Optional.empty())) {
      return world.secrets().create(call, command);
    }
  }

  private String made(String name, PayloadEntry... entries) {
    return await(create(world.dockerAdmin(), name, entries)).resourceId();
  }

  private CompletionStage<Payload> payload(Call call, String secretId) {
    return world.payloads().get(call, secretId, "");
  }

  private Secret secret(String secretId) {
    return await(world.dockerSecrets().inspect(world.dockerAdmin(), secretId)).secret();
  }

  private void put(Secret secret) {
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(Keyspace.secret(secret.folderId(), secret.id()), SecretCodec.encode(secret));
              return true;
            }));
  }

  @Test
  void theDriverIsToldNameAndLabelsAndItsValueIsTheEntryData() {
    String id = made("db");
    world
        .drivers()
        .put(
            "vault",
            wanted -> {
              assertThat(wanted.driver()).isEqualTo("vault");
              assertThat(wanted.secretId()).isEqualTo(id);
              assertThat(wanted.secretName()).isEqualTo("db");
              assertThat(wanted.labels()).isEqualTo(Map.of("a", "1"));
              return CompletableFuture.completedStage(bytes("päss"));
            });
    try (Payload payload = await(payload(world.admin(), id))) {
      assertThat(payload.versionId()).isEmpty();
      assertThat(payload.entries()).extracting(PayloadEntry::key).containsExactly("data");
      assertThat(payload.entries().getFirst().binary()).isFalse();
      assertThat(Drafts.text(payload.entries().getFirst())).isEqualTo("päss");
    }
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).contains("GetPayload");
    assertThat(record.toString()).contains("secret_driver").contains("vault").contains("data");
    assertThat(record.getAuthorized()).isTrue();
  }

  @Test
  void itIsHadByItsNameAsWell() {
    String id = made("db");
    SecretReference named = new SecretReference.ByName(world.dockerFolder().id(), "db");
    try (Payload payload = await(world.payloads().getEx(world.admin(), named, ""))) {
      assertThat(payload.secretId()).isEqualTo(id);
      assertThat(Drafts.text(payload.entries().getFirst())).isEqualTo("from elsewhere");
    }
    assertThat(world.records().getLast().getEventType()).contains("GetPayloadEx");
    assertThat(world.records().getLast().toString()).contains("secret_driver");
  }

  @Test
  void aSwarmIsDeliveredWhatIsStoredAndAskedForByItsVersionOnly() {
    String id = made("db", Drafts.text("data", "stored"));
    String versionId = secret(id).currentVersion().orElseThrow();
    Context task =
        new Context(
            new Context.Service("svc1", "web", Map.of()),
            new Context.Node("node1", "", "", ""),
            new Context.Task("task1", "web.1.task1", "1"));

    assertThat(problem(world.deliveries().deliver(world.admin(), new Deliver("db", "", "", task))))
        .isEqualTo(new Problem.Unmet("has a driver that gives its value", id));
    Deliver ofVersion = new Deliver("db", "", versionId, task);
    switch (await(world.deliveries().deliver(world.admin(), ofVersion))) {
      case Delivery.Value(var value) -> {
        try (value) {
          assertThat(value.length()).isEqualTo("stored".length());
        }
      }
      case Delivery.Unfit(var why) -> throw new AssertionError(why);
    }
    assertThat(world.drivers().asked()).containsExactly("vault");
  }

  @Test
  void aValueThatIsNoTextIsBinary() {
    String id = made("db");
    world.drivers().put("vault", _ -> CompletableFuture.completedStage(bytes("a\0b")));
    try (Payload payload = await(payload(world.admin(), id))) {
      assertThat(payload.entries().getFirst().binary()).isTrue();
    }
  }

  @Test
  void whatWasStoredIsHadByItsVersionOnly() {
    String id = made("db", Drafts.text("data", "stored"));
    try (Payload current = await(payload(world.admin(), id))) {
      assertThat(Drafts.text(current.entries().getFirst())).isEqualTo("from elsewhere");
    }
    String versionId = secret(id).currentVersion().orElseThrow();
    try (Payload stored = await(world.payloads().get(world.admin(), id, versionId))) {
      assertThat(Drafts.text(stored.entries().getFirst())).isEqualTo("stored");
      assertThat(stored.versionId()).isEqualTo(versionId);
    }
    assertThat(problem(world.payloads().get(world.admin(), id, "none")))
        .isInstanceOf(Problem.NotFound.class);
    assertThat(world.drivers().asked()).containsExactly("vault", "vault");
  }

  @Test
  void aDriverThatIsNotThereMakesNoSecret() {
    try (CreateSecret command =
        CreateSecret.fromDocker(
            world.dockerFolder().id(),
            "db",
            Map.of(),
            List.of(),
            Optional.of(new Driver("nope", new TreeMap<>())),
            Optional.empty())) {
      assertThat(problem(world.secrets().create(world.dockerAdmin(), command)))
          .isEqualTo(new Problem.DriverFailed("nope", DriverTrouble.UNKNOWN));
    }
    assertThat(await(world.dockerSecrets().list(world.dockerAdmin()))).isEmpty();
  }

  @Test
  void theDriverIsLookedForBeforeTheNameIs() {
    made("db");
    assertThat(problem(create(world.dockerAdmin(), "DB")))
        .isInstanceOf(Problem.AlreadyExists.class);
    assertThat(world.drivers().asked()).containsExactly("vault", "vault");
  }

  @Test
  void aStrangerMakesNobodyLookForADriverNorAskOne() {
    String id = made("db");
    List<String> before = world.drivers().asked();
    Call stranger = world.believed("ajestranger");

    assertThat(problem(create(stranger, "other"))).isInstanceOf(Problem.Denied.class);
    assertThat(problem(payload(stranger, id))).isInstanceOf(Problem.Denied.class);

    assertThat(world.drivers().asked()).isEqualTo(before);
    assertThat(world.records().getLast().getAuthorized()).isFalse();
  }

  @Test
  void anInactiveSecretAsksNobody() {
    String id = made("db");
    Secret active = secret(id);
    put(
        new Secret(
            active.id(),
            active.folderId(),
            active.createdAt(),
            active.updatedAt(),
            active.name(),
            active.description(),
            active.labels(),
            active.kmsKeyId(),
            Secret.Status.INACTIVE,
            active.currentVersion(),
            active.deletionProtection(),
            active.password(),
            active.driver(),
            active.templating()));
    assertThat(problem(payload(world.admin(), id))).isInstanceOf(Problem.Unmet.class);
    assertThat(world.drivers().asked()).containsExactly("vault");
  }

  @Test
  void whoLosesThePermissionWhileTheDriverIsAskedGetsNothing() {
    String id = made("db");
    world.bind(world.dockerFolder().id(), Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");
    SecretBytes value = bytes("late");
    CompletableFuture<SecretBytes> answer = new CompletableFuture<>();
    world.drivers().put("vault", _ -> answer);
    CompletionStage<Payload> asked = payload(world.believed("ajereader"), id);
    world.drivers().awaitAsked(2);
    await(
        world
            .engine()
            .write(tx -> {
              Access.bind(tx, world.dockerFolder().id(), List.of());
              return true;
            }));
    answer.complete(value);

    assertThat(problem(asked)).isInstanceOf(Problem.Denied.class);
    assertWiped(value);
    assertThat(world.records().getLast().getAuthorized()).isFalse();
  }

  @Test
  void ofASecretThatChangesWhileTheDriverIsAskedNothingIsGiven() {
    String id = made("db");
    SecretBytes value = bytes("of the old labels");
    CompletableFuture<SecretBytes> answer = new CompletableFuture<>();
    world.drivers().put("vault", _ -> answer);
    CompletionStage<Payload> asked = payload(world.admin(), id);
    world.drivers().awaitAsked(2);
    put(secret(id).withLabels(new TreeMap<>(), world.now()));
    answer.complete(value);

    assertThat(problem(asked)).isInstanceOf(Problem.Stale.class);
    assertWiped(value);
  }

  @Test
  void withoutARecordNoValueLeaves() {
    String id = made("db");
    SecretBytes value = bytes("unrecorded");
    CompletableFuture<SecretBytes> answer = new CompletableFuture<>();
    world.drivers().put("vault", _ -> answer);
    CompletionStage<Payload> asked = payload(world.admin(), id);
    world.drivers().awaitAsked(2);
    world.failCommits(true);
    answer.complete(value);

    assertThatThrownBy(() -> await(asked)).isInstanceOf(EngineException.class);
    assertWiped(value);
    world.failCommits(false);
  }

  @Test
  void whatTheDriverFailsWithIsToldAndNothingIsOnRecordAsRead() {
    String id = made("db");
    long before = world.records().size();
    for (DriverTrouble trouble : DriverTrouble.values()) {
      Problem failed = new Problem.DriverFailed("vault", trouble);
      world.drivers().put("vault", _ -> CompletableFuture.failedStage(failed.asException()));
      assertThat(problem(payload(world.admin(), id))).isEqualTo(failed);
    }
    assertThat(world.records()).hasSize((int) before);
  }

  private static void assertWiped(SecretBytes value) {
    assertThatThrownBy(() -> value.lend(bytes -> bytes.length)).isInstanceOf(AssertionError.class);
  }
}
