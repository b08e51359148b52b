package io.coffer.conformance.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import io.coffer.conformance.CofferProcess;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.kms.v1.SymmetricAlgorithm;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.ListVersionsRequest;
import io.coffer.wire.lockbox.v1.PasswordPayloadSpecification;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc.SecretServiceBlockingStub;
import io.coffer.wire.lockbox.v1.Version;
import io.coffer.wire.operation.Operation;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the acceptance tests of Terraform's provider look at, of the resources of Lockbox. */
class TerraformTest {
  private static final int MORE_THAN_A_PAGE = 101;

  @AutoClose private static CofferProcess coffer;
  @AutoClose private static TerraformProvider provider;
  private static TerraformSecret secrets;
  private static TerraformVersion versions;
  private static TerraformKey keys;

  @BeforeAll
  static void start() throws IOException {
    coffer = CofferProcess.start();
    provider = new TerraformProvider(coffer.environment());
    secrets = new TerraformSecret(provider, coffer.environment().folderId());
    versions = new TerraformVersion(provider);
    keys = new TerraformKey(provider, coffer.environment().folderId());
  }

  @Test
  void aSecretIsMadeChangedImportedAndDestroyed() {
    Secret plan =
        named("tf-one")
            .setDescription("one")
            .putLabels("a", "1")
            .setDeletionProtection(true)
            .build();
    Secret made = secrets.create(plan);
    assertThat(made.getFolderId()).isEqualTo(coffer.environment().folderId());
    assertThat(made.getName()).isEqualTo("tf-one");
    assertThat(made.getDescription()).isEqualTo("one");
    assertThat(made.getDeletionProtection()).isTrue();
    assertThat(made.getLabelsMap()).containsExactly(Map.entry("a", "1"));
    assertThat(made.getStatus()).isEqualTo(Secret.Status.ACTIVE);
    assertThat(made.getCreatedAt().getSeconds()).isPositive();
    assertThat(made.hasCurrentVersion()).isFalse();
    assertThatThrownBy(() -> secrets.delete(made.getId()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("FAILED_PRECONDITION");

    Secret changed =
        secrets.update(
            made,
            made.toBuilder()
                .clearName()
                .clearLabels()
                .putLabels("b", "2")
                .setDeletionProtection(false)
                .build());
    assertThat(changed.getName()).isEmpty();
    assertThat(changed.getDescription()).isEqualTo("one");
    assertThat(changed.getDeletionProtection()).isFalse();
    assertThat(changed.getLabelsMap()).containsExactly(Map.entry("b", "2"));
    assertThat(secrets.read(made.getId())).hasValue(changed);

    secrets.delete(made.getId());
    assertThat(secrets.read(made.getId())).isEmpty();
    secrets.delete(made.getId());
  }

  @Test
  void aPasswordSpecificationIsChangedAndTakenAway() {
    PasswordPayloadSpecification ten =
        PasswordPayloadSpecification.newBuilder().setPasswordKey("password").setLength(10).build();
    Secret made = secrets.create(named("tf-password").setPasswordPayloadSpecification(ten).build());
    String id = made.getId();

    String first = versions.create(id, entries());
    String second = versions.create(id, entries());

    Payload generated = versions.read(id, second).orElseThrow();
    assertThat(content(generated)).singleElement().asString().matches("password=[!-~]{10}");
    assertThat(content(versions.read(id, first).orElseThrow())).isNotEqualTo(content(generated));
    Secret without =
        secrets.update(made, made.toBuilder().clearPasswordPayloadSpecification().build());
    assertThat(without.hasPasswordPayloadSpecification()).isFalse();
    assertThat(versions.read(id, second)).hasValue(generated);
  }

  @Test
  void aVersionIsReplacedByOneThatIsMadeAfterItIsDestroyed() {
    String id = secrets.create(named("tf-replaced").build()).getId();
    String first = versions.create(id, entries("key1", "val1", "key2", "val2"));

    assertThat(versions.delete(id, first).getStatus())
        .isEqualTo(Version.Status.SCHEDULED_FOR_DESTRUCTION);
    assertThat(statuses(id)).isEqualTo(Map.of(Version.Status.SCHEDULED_FOR_DESTRUCTION, 1L));
    assertThat(secrets.read(id).orElseThrow().getCurrentVersion().getStatus())
        .isEqualTo(Version.Status.SCHEDULED_FOR_DESTRUCTION);
    assertThatThrownBy(() -> versions.read(id, first)).hasMessageContaining("FAILED_PRECONDITION");
    String second = versions.create(id, entries("key3", "val3"));

    assertThat(statuses(id))
        .isEqualTo(Map.of(Version.Status.ACTIVE, 1L, Version.Status.SCHEDULED_FOR_DESTRUCTION, 1L));
    assertThat(content(versions.read(id, second).orElseThrow())).containsExactly("key3=val3");
  }

  @Test
  void aVersionIsReplacedByOneThatIsMadeBeforeItIsDestroyed() {
    String id = secrets.create(named("tf-before").build()).getId();
    String first = versions.create(id, entries("key1", "val1", "key2", "val2"));

    String second = versions.create(id, entries("key1", "val11", "key3", "val3"));

    assertThat(statuses(id)).isEqualTo(Map.of(Version.Status.ACTIVE, 2L));
    versions.delete(id, first);
    Payload payload = versions.payload(id, "");
    assertThat(payload.getVersionId()).isEqualTo(second);
    assertThat(content(payload)).containsExactly("key1=val11", "key3=val3");
  }

  @Test
  void aKeyIsMadeChangedAndDestroyedAndWithItWhatIsUnderIt() {
    SymmetricKey made =
        keys.create(
            SymmetricKey.newBuilder()
                .setName("tf-key")
                .setDescription("d")
                .putLabels("a", "1")
                .setDefaultAlgorithm(SymmetricAlgorithm.AES_128)
                .setRotationPeriod(Durations.fromDays(1))
                .build());
    assertThat(made.getStatus()).isEqualTo(SymmetricKey.Status.ACTIVE);
    assertThat(made.getPrimaryVersion().getAlgorithm()).isEqualTo(SymmetricAlgorithm.AES_128);
    assertThat(made.getRotationPeriod()).isEqualTo(Durations.fromDays(1));

    SymmetricKey changed =
        keys.update(
            made,
            made.toBuilder()
                .setName("tf-other")
                .setDefaultAlgorithm(SymmetricAlgorithm.AES_256)
                .clearLabels()
                .build());
    assertThat(changed.getName()).isEqualTo("tf-other");
    assertThat(changed.getDescription()).isEqualTo("d");
    assertThat(changed.getDefaultAlgorithm()).isEqualTo(SymmetricAlgorithm.AES_256);
    assertThat(changed.getLabelsMap()).isEmpty();
    assertThat(keys.update(changed, changed)).isEqualTo(changed);

    Secret secret = secrets.create(named("tf-kms").setKmsKeyId(made.getId()).build());
    assertThat(secret.getKmsKeyId()).isEqualTo(made.getId());
    String version = versions.create(secret.getId(), entries("k", "v"));
    assertThat(content(versions.payload(secret.getId(), version))).containsExactly("k=v");
    keys.delete(made.getId());
    assertThat(keys.read(made.getId())).isEmpty();
    assertThatThrownBy(() -> versions.read(secret.getId(), version))
        .hasMessageContaining("FAILED_PRECONDITION");
    assertThat(secrets.read(secret.getId())).isPresent();
  }

  @Test
  void aVersionThatIsGoneLeavesTheState() {
    String id = secrets.create(named("tf-gone").build()).getId();
    String version = versions.create(id, entries("k", "v"));

    secrets.delete(id);

    assertThat(versions.read(id, version)).isEmpty();
  }

  @Test
  void sensitiveOutputsAreKeptAndGivenBack() {
    String id = secrets.create(named("tf-output").build()).getId();
    String before = versions.output(id, Map.entry("access_key", "a"));
    String version = versions.output(id, Map.entry("secret_key", "s"));

    assertThat(content(versions.payload(id, version)))
        .containsExactly("access_key=a", "secret_key=s");
    assertThat(content(versions.payload(id, before))).containsExactly("access_key=a");
    versions.delete(id, version);
  }

  @Test
  void aSecretIsFoundByNameOnWhateverPageUnlessTwoHaveIt() {
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      secrets.create(named("tf-many-" + i).build());
    }

    for (String name : List.of("tf-many-0", "tf-many-100")) {
      assertThat(secrets.find(name).getName()).isEqualTo(name);
    }
    secrets.create(named("tf-many-7").build());
    assertThatThrownBy(() -> secrets.find("tf-many-7")).hasMessageStartingWith("2 Secret items");
    assertThatThrownBy(() -> secrets.find("tf-none")).hasMessageStartingWith("0 Secret items");
  }

  @Test
  void aBindingHasAllMembersOfItsRoleAndTouchesNoOther() {
    TerraformAccess access =
        new TerraformAccess(provider, secrets.create(named("tf-binding").build()).getId());

    assertThat(access.createBinding("viewer", "system:allUsers"))
        .containsExactly("system:allUsers");
    access.createBinding("lockbox.payloadViewer", "serviceAccount:ajeone");
    assertThat(access.updateBinding("viewer", "serviceAccount:ajeone", "userAccount:ajetwo"))
        .containsExactlyInAnyOrder("serviceAccount:ajeone", "userAccount:ajetwo");
    assertThat(access.members("lockbox.payloadViewer")).containsExactly("serviceAccount:ajeone");
    assertThat(access.updateBinding("viewer")).isEmpty();
    assertThat(access.members("lockbox.payloadViewer")).containsExactly("serviceAccount:ajeone");
  }

  @Test
  void aMemberIsAddedAndTakenAwayAlone() {
    TerraformAccess access =
        new TerraformAccess(provider, secrets.create(named("tf-member").build()).getId());
    access.createBinding("viewer", "serviceAccount:ajeone");

    assertThat(access.changeMember(AccessBindingAction.ADD, "viewer", "system:allUsers"))
        .containsExactlyInAnyOrder("serviceAccount:ajeone", "system:allUsers");
    assertThat(access.changeMember(AccessBindingAction.REMOVE, "viewer", "system:allUsers"))
        .containsExactly("serviceAccount:ajeone");
  }

  /** A call that failed on its way is sent again with its key, and must not be done twice. */
  @Test
  void aCallThatIsSentAgainIsDoneOnce() {
    String id = secrets.create(named("tf-again").build()).getId();
    AddVersionRequest request =
        AddVersionRequest.newBuilder()
            .setSecretId(id)
            .addPayloadEntries(PayloadEntryChange.newBuilder().setKey("k").setTextValue("v"))
            .build();

    Operation first = withKey("tf-again-1").addVersion(request);
    Operation again = withKey("tf-again-1").addVersion(request);

    assertThat(again).isEqualTo(first);
    assertThat(statuses(id)).isEqualTo(Map.of(Version.Status.ACTIVE, 1L));
    withKey("tf-again-2").addVersion(request);
    assertThat(statuses(id)).isEqualTo(Map.of(Version.Status.ACTIVE, 2L));
  }

  private static Secret.Builder named(String name) {
    return Secret.newBuilder().setName(name);
  }

  private static SecretServiceBlockingStub withKey(String key) {
    return provider.secrets().withOption(CallHeaders.IDEMPOTENCY_KEY, key);
  }

  private static SequencedMap<String, String> entries(String... keysAndValues) {
    SequencedMap<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return entries;
  }

  private static List<String> content(Payload payload) {
    return payload.getEntriesList().stream()
        .map(entry -> entry.getKey() + "=" + entry.getTextValue())
        .toList();
  }

  private static Map<Version.Status, Long> statuses(String secretId) {
    return provider
        .secrets()
        .listVersions(ListVersionsRequest.newBuilder().setSecretId(secretId).build())
        .getVersionsList()
        .stream()
        .collect(Collectors.groupingBy(Version::getStatus, Collectors.counting()));
  }
}
