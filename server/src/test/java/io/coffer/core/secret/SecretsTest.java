package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.testing.Drafts;
import io.coffer.testing.Seeds;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final int FREE_MAX = 65_536;
  private static final int DOCKER_MAX = 511_999;

  private final SimWorld world = SimWorld.of(7);
  private final String folderId = world.folder().id();
  private final String dockerFolderId = world.dockerFolder().id();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private Operation create(Call call, CreateSecret command) {
    try (command) {
      return await(world.secrets().create(call, command));
    }
  }

  private Problem refusal(Call call, CreateSecret command) {
    try (command) {
      return problem(world.secrets().create(call, command));
    }
  }

  private SecretView get(String secretId) {
    return await(world.secrets().get(world.admin(), secretId));
  }

  @Test
  void aSecretOfTheLockboxDoorKeepsEveryField() {
    PasswordSpecification password =
        new PasswordSpecification(
            "pw",
            12,
            Optional.of(true),
            Optional.empty(),
            Optional.of(false),
            Optional.empty(),
            "!?",
            "");
    String keyId = KeyDrafts.made(world);
    world.advance(Duration.ofMinutes(3));

    Operation made =
        create(
            world.admin(),
            new CreateSecret(
                folderId,
                "name",
                "description",
                new TreeMap<>(Map.of("b", "2", "a", "1")),
                keyId,
                "first",
                List.of(),
                true,
                Optional.of(password),
                Optional.of(true),
                Optional.empty(),
                Optional.empty()));
    world.advance(Duration.ofMinutes(3));

    SecretView view = get(made.resourceId());
    assertThat(view.secret())
        .isEqualTo(
            new Secret(
                made.resourceId(),
                folderId,
                SimWorld.START.plusSeconds(180),
                SimWorld.START.plusSeconds(180),
                "name",
                "description",
                new TreeMap<>(Map.of("a", "1", "b", "2")),
                keyId,
                Secret.Status.ACTIVE,
                Optional.of(made.versionId()),
                true,
                Optional.of(password),
                Optional.empty(),
                Optional.empty()));
    assertThat(view.current())
        .contains(
            new Version(
                made.versionId(),
                made.resourceId(),
                SimWorld.START.plusSeconds(180),
                "first",
                new VersionStatus.Active(),
                List.of("pw"),
                Optional.of(password)));
  }

  @Test
  void aSecretOfTheDockerDoorKeepsEveryField() {
    world.drivers().put("vault");
    Driver driver = new Driver("vault", new TreeMap<>(Map.of("path", "x")));
    Driver templating = new Driver("golang", new TreeMap<>());

    Operation made =
        create(
            world.dockerAdmin(),
            CreateSecret.fromDocker(
                dockerFolderId,
                "Db_Password",
                Map.of("com.example/any thing", ""),
                List.of(),
                Optional.of(driver),
                Optional.of(templating)));

    Secret secret = get(made.resourceId()).secret();
    assertThat(secret.name()).isEqualTo("Db_Password");
    assertThat(secret.labels()).containsExactly(Map.entry("com.example/any thing", ""));
    assertThat(secret.driver()).contains(driver);
    assertThat(secret.templating()).contains(templating);
    assertThat(secret.currentVersion()).isEmpty();
    assertThat(secret.deletionProtection()).isFalse();
    assertThat(secret.folderId()).isEqualTo(dockerFolderId);
  }

  @Test
  void idsHaveTheShapeOfTheirDoor() {
    Operation lockbox = create(world.admin(), Drafts.secret(folderId, "", Drafts.text("k", "v")));
    Operation docker =
        create(world.dockerAdmin(), Drafts.docker(dockerFolderId, "n", new byte[] {1}));

    assertThat(lockbox.id()).matches("[a-z][a-z0-9]{19}");
    assertThat(lockbox.resourceId()).matches("[a-z][a-z0-9]{19}");
    assertThat(lockbox.versionId()).matches("[a-z][a-z0-9]{19}");
    assertThat(docker.resourceId()).matches("[a-z0-9]{25}");
  }

  @Test
  void anOperationKeepsTheSecretAsItWasThen() {
    Operation made = create(world.admin(), Drafts.secret(folderId, "then", Drafts.text("k", "v")));
    Operation stored = await(world.operations().get(world.admin(), made.id()));

    assertThat(stored).isEqualTo(made);
    assertThat(stored.kind()).isEqualTo(OperationKind.CREATE_SECRET);
    assertThat(stored.createdBy()).isEqualTo(world.founding().admin().id());
    SecretResult result = SecretResult.decode(stored.result());
    assertThat(result.secret()).isEqualTo(get(made.resourceId()).secret());
    assertThat(result.current()).isEqualTo(get(made.resourceId()).current());
  }

  @Test
  void aSecretWithoutAnythingToPutInAVersionHasNone() {
    Operation made = create(world.admin(), Drafts.secret(folderId, "empty"));

    assertThat(get(made.resourceId()).current()).isEmpty();
    assertThat(made.versionId()).isEmpty();
  }

  @Test
  void namesAreFreeOutsideTheDockerFolder() {
    for (String name :
        List.of("", "", "same", "same", "SAME", "not for Docker!", "ä".repeat(100))) {
      String id = create(world.admin(), Drafts.secret(folderId, name)).resourceId();
      assertThat(get(id).secret().name()).isEqualTo(name);
    }
  }

  @Test
  void namesAreUniqueIgnoringCaseInTheDockerFolderWhateverTheDoor() {
    create(world.dockerAdmin(), Drafts.docker(dockerFolderId, "Token", new byte[] {1}));

    for (Call call : List.of(world.admin(), world.dockerAdmin())) {
      for (String name : List.of("Token", "token", "TOKEN")) {
        assertThat(refusal(call, Drafts.secret(dockerFolderId, name)))
            .isEqualTo(new Problem.AlreadyExists("secret", name));
      }
    }
    create(world.admin(), Drafts.secret(dockerFolderId, "Tokens"));
    assertThat(await(world.dockerSecrets().list(world.dockerAdmin()))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", ".a", "a.", "_", "a b", "ä", "a\0", "a/b", "a\n"})
  void aNameThatDockerWouldNotTakeIsRefusedInItsFolder(String name) {
    assertThat(refusal(world.admin(), Drafts.secret(dockerFolderId, name)))
        .isInstanceOfSatisfying(
            Problem.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("name"));
  }

  @Test
  void aDockerNameHasAtMost64Characters() {
    create(world.admin(), Drafts.secret(dockerFolderId, "a".repeat(64)));
    assertThat(refusal(world.admin(), Drafts.secret(dockerFolderId, "a".repeat(65))))
        .isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void ofManyWhoMakeOneNameAtOnceOneWins() throws Exception {
    int threads = 8;
    try (SimWorld busy = SimWorld.committing(11);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 10; round++) {
        String name = "name" + round;
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> wins = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          String mine = i % 2 == 0 ? name : name.toUpperCase(java.util.Locale.ROOT);
          wins.add(
              pool.submit(() -> {
                go.await();
                try (CreateSecret command =
                    Drafts.docker(busy.dockerFolder().id(), mine, new byte[] {1})) {
                  await(busy.secrets().create(busy.dockerAdmin(), command));
                  return true;
                } catch (CofferException e) {
                  assertThat(e.problem()).isEqualTo(new Problem.AlreadyExists("secret", mine));
                  return false;
                }
              }));
        }
        go.countDown();
        int won = 0;
        for (Future<Boolean> win : wins) {
          won += win.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(await(busy.dockerSecrets().list(busy.dockerAdmin()))).hasSize(round + 1);
      }
      // One record for each who won, and for the founding.
      assertThat(busy.records()).hasSize(11);
    }
  }

  @Test
  void aPayloadHasALimitInEachFolder() {
    create(world.admin(), Drafts.secret(folderId, "n", Drafts.binary("k", new byte[FREE_MAX])));
    assertThat(
            refusal(
                world.admin(),
                Drafts.secret(folderId, "n", Drafts.binary("k", new byte[FREE_MAX + 1]))))
        .isInstanceOf(Problem.Violated.class);

    create(world.dockerAdmin(), Drafts.docker(dockerFolderId, "n", new byte[DOCKER_MAX]));
    assertThat(
            refusal(
                world.dockerAdmin(), Drafts.docker(dockerFolderId, "m", new byte[DOCKER_MAX + 1])))
        .isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void theLimitIsOfAllEntriesTogether() {
    assertThat(
            refusal(
                world.admin(),
                Drafts.secret(
                    folderId,
                    "n",
                    Drafts.binary("k", new byte[FREE_MAX / 2]),
                    Drafts.binary("l", new byte[FREE_MAX / 2 + 1]))))
        .isInstanceOf(Problem.Violated.class);
  }

  @Test
  void aCommandThatContradictsItselfDoesNotExist() {
    assertThatThrownBy(
            () -> Drafts.secret(folderId, "n", Drafts.text("k", "1"), Drafts.text("k", "2")))
        .isInstanceOf(CofferException.class);
    assertThatThrownBy(() ->
            new CreateSecret(
                folderId,
                "n",
                "",
                new TreeMap<>(),
                "",
                "",
                List.of(),
                false,
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(CofferException.class);
  }

  @Test
  void theRevisionGrowsWithEveryChange() {
    String first = create(world.admin(), Drafts.secret(folderId, "a")).resourceId();
    String second = create(world.admin(), Drafts.secret(folderId, "b")).resourceId();

    assertThat(get(second).revision()).isGreaterThan(get(first).revision());
    long before = get(first).revision();
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(
                  io.coffer.core.Keyspace.secret(folderId, first),
                  SecretCodec.encode(get(first).secret()));
              return true;
            }));
    assertThat(get(first).revision()).isGreaterThan(before);
  }

  @Test
  void aFolderThatIsNotThereIsNotFoundByThoseWhoMayLook() {
    for (String missing : List.of("b1gnone", "", "a\0b")) {
      assertThat(problem(world.secrets().list(world.admin(), missing, 0, "")))
          .isEqualTo(new Problem.NotFound("folder", missing));
      assertThat(refusal(world.admin(), Drafts.secret(missing, "n")))
          .isEqualTo(new Problem.NotFound("folder", missing));
    }
    for (String missing : List.of("e6qnone", "", "a\0b")) {
      assertThat(problem(world.secrets().get(world.admin(), missing)))
          .isEqualTo(new Problem.NotFound("secret", missing));
    }
  }

  @Seeds(30)
  void pagesAreCompleteAndInOrderWhileOthersWrite(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Set<String> staying = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      staying.add(create(world.admin(), Drafts.secret(folderId, "s")).resourceId());
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<SecretView> page =
          await(world.secrets().list(world.admin(), folderId, 1 + random.nextInt(6), token));
      page.elements().forEach(view -> seen.add(view.secret().id()));
      token = page.nextToken();
      create(world.admin(), Drafts.secret(folderId, "late"));
      String gone = create(world.admin(), Drafts.secret(folderId, "gone")).resourceId();
      await(
          world
              .engine()
              .write(tx -> {
                tx.delete(io.coffer.core.Keyspace.secret(folderId, gone));
                return true;
              }));
    } while (!token.isEmpty());

    assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(staying);
  }

  @Test
  void aPageHasNoTokenIfItIsTheLast() {
    for (int i = 0; i < 4; i++) {
      create(world.admin(), Drafts.secret(folderId, "s"));
    }
    Page<SecretView> first = await(world.secrets().list(world.admin(), folderId, 2, ""));
    Page<SecretView> last =
        await(world.secrets().list(world.admin(), folderId, 2, first.nextToken()));

    assertThat(first.elements()).hasSize(2);
    assertThat(last.elements()).hasSize(2);
    assertThat(last.nextToken()).isEmpty();
  }

  @Test
  void aPageWithoutASizeHasTheDefaultOne() {
    for (int i = 0; i <= Secrets.PAGE_DEFAULT; i++) {
      create(world.admin(), Drafts.secret(folderId, "s"));
    }
    Page<SecretView> page = await(world.secrets().list(world.admin(), folderId, 0, ""));

    assertThat(page.elements()).hasSize(Secrets.PAGE_DEFAULT);
    assertThat(page.nextToken()).isNotEmpty();
  }

  @Test
  void aPageTokenThatThisListDidNotGiveIsRefused() {
    for (int i = 0; i < 3; i++) {
      create(world.admin(), Drafts.secret(folderId, "s" + i));
      create(world.admin(), Drafts.secret(dockerFolderId, "s" + i));
    }
    String token = await(world.secrets().list(world.admin(), folderId, 1, "")).nextToken();
    List<String> foreign = new ArrayList<>();
    foreign.add(await(world.secrets().list(world.admin(), dockerFolderId, 1, "")).nextToken());
    foreign.addAll(List.of("x", "!!!!", "AAAA", "A".repeat(48), token + "AAAA", " " + token));
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      foreign.add(token.substring(0, i) + other + token.substring(i + 1));
    }

    for (String each : foreign) {
      assertThat(problem(world.secrets().list(world.admin(), folderId, 1, each)))
          .as(each)
          .isInstanceOfSatisfying(
              Problem.Invalid.class, it -> assertThat(it.field()).isEqualTo("page_token"));
    }
  }

  @Test
  void aListHoldsOnlyWhatIsInItsFolder() {
    Set<String> made =
        Set.of(
            create(world.admin(), Drafts.secret(folderId, "a")).resourceId(),
            create(world.admin(), Drafts.secret(folderId, "b")).resourceId());
    create(world.admin(), Drafts.secret(dockerFolderId, "a"));

    assertThat(
            await(world.secrets().list(world.admin(), folderId, 0, "")).elements().stream()
                .map(view -> view.secret().id())
                .collect(Collectors.toSet()))
        .isEqualTo(made);
  }
}
