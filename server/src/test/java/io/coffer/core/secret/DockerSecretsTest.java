package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Role;
import io.coffer.engine.Row;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DockerSecretsTest {
  private final SimWorld world = SimWorld.of(7);
  private final String folderId = world.dockerFolder().id();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String create(String name) {
    try (CreateSecret command = Drafts.docker(folderId, name, new byte[] {1})) {
      return await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
  }

  /** A secret whose id the test chooses. */
  private void put(String id, String name) {
    Secret secret =
        new Secret(
            id,
            folderId,
            world.now(),
            world.now(),
            name,
            "",
            new TreeMap<>(),
            "",
            Secret.Status.ACTIVE,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Names names = new Names(world.keyring());
    await(
        world
            .engine()
            .write(tx -> {
              names.take(tx, world.dockerFolder(), name, id);
              tx.put(Keyspace.home(id), Bytes.utf8(folderId));
              tx.put(Keyspace.secret(folderId, id), SecretCodec.encode(secret));
              return true;
            }));
  }

  private String idOf(String reference) {
    return await(world.dockerSecrets().inspect(world.dockerAdmin(), reference)).secret().id();
  }

  private Problem refusal(String reference) {
    return problem(world.dockerSecrets().inspect(world.dockerAdmin(), reference));
  }

  @Test
  void aFullIdWinsOverANameAndANameOverAPrefix() {
    put("abc1", "first");
    put("abc2", "abc1");
    put("abd1", "ab");
    put("xyz1", "ABD");

    assertThat(idOf("abc1")).isEqualTo("abc1");
    assertThat(idOf("first")).isEqualTo("abc1");
    assertThat(idOf("FIRST")).isEqualTo("abc1");
    assertThat(idOf("ab")).isEqualTo("abd1");
    assertThat(idOf("abd")).isEqualTo("xyz1");
    assertThat(idOf("abd1")).isEqualTo("abd1");
    assertThat(idOf("x")).isEqualTo("xyz1");
  }

  @Test
  void aPrefixOfSeveralIdsIsAmbiguous() {
    put("abc1", "one");
    put("abc2", "two");
    put("abd1", "three");

    assertThat(refusal("abc")).isEqualTo(new Problem.Ambiguous("secret", "abc", 2));
    assertThat(refusal("a")).isEqualTo(new Problem.Ambiguous("secret", "a", 3));
    assertThat(idOf("abd")).isEqualTo("abd1");
    // Ids are told apart by case: only names are not.
    assertThat(refusal("ABD")).isEqualTo(new Problem.NotFound("secret", "ABD"));
  }

  @Test
  void whatNobodyMadeIsNotFound() {
    create("there");
    for (String reference : List.of("", "nothere", "a\0b", "\0", "there\0", "%", "\uffff")) {
      assertThat(refusal(reference)).isEqualTo(new Problem.NotFound("secret", reference));
    }
  }

  @Test
  void aSecretOfAnotherFolderIsNotHere() {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "elsewhere")) {
      String id = await(world.secrets().create(world.admin(), command)).resourceId();
      assertThat(refusal(id)).isEqualTo(new Problem.NotFound("secret", id));
      assertThat(refusal("elsewhere")).isInstanceOf(Problem.NotFound.class);
    }
    assertThat(await(world.dockerSecrets().list(world.dockerAdmin()))).isEmpty();
  }

  @Test
  void lookingUpByNameNeedsTheList() {
    String id = create("mine");
    world.bind(id, Role.LOCKBOX_VIEWER, "ajereader");
    Call call = world.believed("ajereader");

    assertThat(await(world.dockerSecrets().inspect(call, id)).secret().name()).isEqualTo("mine");
    for (String reference : List.of("mine", id.substring(0, 9), "nothere")) {
      assertThat(problem(world.dockerSecrets().inspect(call, reference)))
          .isEqualTo(new Problem.Denied("resource-manager.folder", folderId));
    }
  }

  @Test
  void deletingRemovesEveryRowOfTheSecretAndFreesItsName() {
    String other = create("other");
    List<Row> before = world.rows();
    String id = create("Mine");
    world.bind(id, Role.LOCKBOX_VIEWER, "ajereader");
    addVersion(id, "e6qsecond");
    assertThat(world.rows()).hasSizeGreaterThan(before.size() + 8);

    Secret deleted = await(world.dockerSecrets().delete(world.dockerAdmin(), "mINE"));

    assertThat(deleted.id()).isEqualTo(id);
    // And that the keys of its two versions are to leave the disk.
    assertThat(world.rows()).filteredOn(row -> row.key().at(0) == 'x').hasSize(2);
    assertThat(world.rows()).filteredOn(row -> row.key().at(0) != 'x').isEqualTo(before);
    assertThat(refusal(id)).isEqualTo(new Problem.NotFound("secret", id));
    assertThat(problem(world.secrets().get(world.admin(), id)))
        .isEqualTo(new Problem.NotFound("secret", id));
    assertThat(world.records().getLast().getEventType())
        .isEqualTo("io.coffer.audit.docker.DeleteSecret");
    assertThat(create("MINE")).isNotEqualTo(id);
    assertThat(idOf("other")).isEqualTo(other);
  }

  private void addVersion(String secretId, String versionId) {
    await(
        world
            .engine()
            .write(tx -> {
              Version version =
                  new Version(
                      versionId,
                      secretId,
                      world.now(),
                      "",
                      new VersionStatus.Active(),
                      List.of(),
                      Optional.empty());
              tx.put(Keyspace.version(secretId, versionId), SecretCodec.encode(version));
              tx.put(Keyspace.payload(secretId, versionId), Bytes.EMPTY);
              tx.put(Keyspace.dataKey(secretId, versionId), Bytes.EMPTY);
              return true;
            }));
  }

  @Test
  void aProtectedSecretIsNotDeleted() {
    String id;
    try (CreateSecret command = Drafts.protectedSecret(folderId, "kept")) {
      id = await(world.secrets().create(world.admin(), command)).resourceId();
    }
    List<Row> before = world.rows();

    assertThat(problem(world.dockerSecrets().delete(world.dockerAdmin(), "kept")))
        .isEqualTo(new Problem.Unmet("deletion protection is set", "kept"));

    assertThat(world.rows()).isEqualTo(before);
    assertThat(idOf("kept")).isEqualTo(id);
  }

  @Test
  void theListHoldsBothDoorsSecretsInTheOrderOfIds() {
    create("a");
    create("b");
    try (CreateSecret command = Drafts.secret(folderId, "c")) {
      await(world.secrets().create(world.admin(), command));
    }

    List<SecretView> list = await(world.dockerSecrets().list(world.dockerAdmin()));

    assertThat(list).extracting(view -> view.secret().id()).hasSize(3).isSorted();
    assertThat(list).allSatisfy(view -> assertThat(view.revision()).isPositive());
  }
}
