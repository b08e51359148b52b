package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.wire.Validation;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import io.coffer.wire.iam.v1.CreateApiKeyRequest;
import io.coffer.wire.iam.v1.CreateIamTokenRequest;
import io.coffer.wire.iam.v1.UpdateApiKeyRequest;
import io.coffer.wire.iam.v1.UpdateServiceAccountRequest;
import io.coffer.wire.kms.v1.SymmetricEncryptRequest;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.FolderAndName;
import io.coffer.wire.lockbox.v1.GetExRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.PasswordPayloadSpecification;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of validation option, at its limit and one past it. */
final class ConstraintsTest {
  private static final String KEY = "[-_./\\\\@0-9a-zA-Z]+";

  @Test
  void whatAMaskDoesNotNameNeedNotBeThere() {
    UpdateServiceAccountRequest.Builder request =
        UpdateServiceAccountRequest.newBuilder()
            .setServiceAccountId("i")
            .setDescription("d")
            .setUpdateMask(FieldMask.newBuilder().addPaths("description"));
    assertThatCode(() -> Constraints.check(request.build())).doesNotThrowAnyException();

    for (FieldMask asking :
        List.of(FieldMask.getDefaultInstance(), FieldMask.newBuilder().addPaths("name").build())) {
      assertThat(
              catchThrowableOfType(
                      CofferException.class,
                      () -> Constraints.check(request.setUpdateMask(asking).build()))
                  .problem())
          .isEqualTo(new Problem.Violated("name", "presence", "required"));
    }
  }

  static Stream<Arguments> onePast() {
    return Stream.of(
        broken(GetSecretRequest.getDefaultInstance(), "secret_id", "presence", "required"),
        broken(
            UpdateSecretRequest.newBuilder().setSecretId("s").build(),
            "update_mask",
            "presence",
            "required"),
        broken(
            UpdateAccessBindingsRequest.newBuilder()
                .setResourceId("r")
                .addAccessBindingDeltas(delta().clearAction())
                .build(),
            "access_binding_deltas[0].action",
            "presence",
            "required"),
        broken(create().setName("n".repeat(101)).build(), "name", "length", "<=100"),
        broken(create().setName("\uD83D\uDD11".repeat(101)).build(), "name", "length", "<=100"),
        broken(
            SymmetricEncryptRequest.newBuilder()
                .setKeyId("k")
                .setPlaintext(ByteString.copyFrom(new byte[32769]))
                .build(),
            "plaintext",
            "length",
            "<=32768"),
        broken(entry(e -> e.setKey("a b")), "version_payload_entries[0].key", "pattern", KEY),
        broken(
            entry(e -> e.setKey("k".repeat(257))),
            "version_payload_entries[0].key",
            "length",
            "<=256"),
        broken(
            entry(PayloadEntryChange.Builder::clearKey),
            "version_payload_entries[0].key",
            "presence",
            "required"),
        broken(
            entry(e -> e.setTextValue("v".repeat(65537))),
            "version_payload_entries[0].text_value",
            "length",
            "<=65536"),
        broken(
            entry(e -> e.setBinaryValue(ByteString.copyFrom(new byte[65537]))),
            "version_payload_entries[0].binary_value",
            "length",
            "<=65536"),
        broken(
            create()
                .setPasswordPayloadSpecification(
                    PasswordPayloadSpecification.newBuilder().setPasswordKey("p").setLength(257))
                .build(),
            "password_payload_specification.length",
            "value",
            "<=256"),
        broken(
            ListSecretsRequest.newBuilder().setFolderId("f").setPageSize(1001).build(),
            "page_size",
            "value",
            "<=1000"),
        broken(
            ListAccessBindingsRequest.newBuilder().setResourceId("r").setPageSize(-1).build(),
            "page_size",
            "value",
            "0-1000"),
        broken(labels(65), "labels", "size", "<=64"),
        broken(
            UpdateAccessBindingsRequest.newBuilder().setResourceId("r").build(),
            "access_binding_deltas",
            "size",
            "1-1000"),
        broken(
            create().putLabels("Upper", "v").build(), "labels key", "pattern", "[a-z][-_0-9a-z]*"),
        broken(create().putLabels("k".repeat(64), "v").build(), "labels key", "length", "<=63"),
        broken(create().putLabels("k", "V").build(), "labels value", "pattern", "[-_0-9a-z]*"),
        broken(create().putLabels("k", "v".repeat(64)).build(), "labels value", "length", "<=63"),
        broken(GetExRequest.getDefaultInstance(), "identifier", "members set", "exactly one"),
        broken(
            GetExRequest.newBuilder()
                .setFolderAndName(FolderAndName.newBuilder().setFolderId("f"))
                .build(),
            "folder_and_name.secret_name",
            "presence",
            "required"),
        broken(
            CreateIamTokenRequest.getDefaultInstance(), "identity", "members set", "exactly one"),
        broken(
            CreateApiKeyRequest.newBuilder().addScopes("a").addScopes("b").addScopes("a").build(),
            "scopes",
            "elements",
            "unique"),
        broken(
            CreateApiKeyRequest.newBuilder().addScopes("s".repeat(257)).build(),
            "scopes[0]",
            "length",
            "<=256"),
        broken(
            UpdateApiKeyRequest.newBuilder().setApiKeyId("k").build(), "scopes", "size", "1-100"));
  }

  @ParameterizedTest(name = "{1} {2} {3}")
  @MethodSource
  void onePast(Message request, String field, String constraint, String limit) {
    CofferException refusal =
        catchThrowableOfType(CofferException.class, () -> Constraints.check(request));
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem())
        .isInstanceOfSatisfying(
            Problem.Violated.class,
            broken ->
                assertThat(List.of(broken.field(), broken.constraint(), broken.limit()))
                    .containsExactly(field, constraint, limit));
  }

  static Stream<Message> atTheLimit() {
    return Stream.of(
        create().setName("n".repeat(100)).build(),
        // A hundred characters, though two hundred of Java's and four hundred bytes.
        create().setName("\uD83D\uDD11".repeat(100)).build(),
        SymmetricEncryptRequest.newBuilder()
            .setKeyId("k")
            .setPlaintext(ByteString.copyFrom(new byte[32768]))
            .build(),
        entry(e -> e.setKey("-_./\\@09azAZ")),
        entry(e -> e.setKey("k".repeat(256))),
        entry(e -> e.setTextValue("v".repeat(65536))),
        entry(e -> e.setBinaryValue(ByteString.copyFrom(new byte[65536]))),
        ListSecretsRequest.newBuilder().setFolderId("f").setPageSize(1000).build(),
        ListAccessBindingsRequest.newBuilder().setResourceId("r").build(),
        labels(64),
        create().putLabels("k".repeat(63), "v".repeat(63)).build(),
        create().putLabels("k", "").build(),
        GetExRequest.newBuilder().setSecretId("s").build(),
        GetExRequest.newBuilder()
            .setFolderAndName(FolderAndName.newBuilder().setFolderId("f").setSecretName("n"))
            .build(),
        CreateApiKeyRequest.newBuilder().addScopes("a").addScopes("b").build(),
        UpdateSecretRequest.newBuilder()
            .setSecretId("s")
            .setUpdateMask(FieldMask.getDefaultInstance())
            .build(),
        UpdateAccessBindingsRequest.newBuilder()
            .setResourceId("r")
            .addAccessBindingDeltas(delta())
            .build());
  }

  @ParameterizedTest
  @MethodSource
  void atTheLimit(Message request) {
    assertThatCode(() -> Constraints.check(request)).doesNotThrowAnyException();
  }

  /** The table above must not fall behind the protos: each spelling of each option is read. */
  @Test
  void everyRangeOfEveryPublishedFieldIsUnderstood() {
    List<FieldDescriptor> fields =
        Stream.of(
                io.coffer.wire.lockbox.v1.SecretServiceOuterClass.getDescriptor(),
                io.coffer.wire.lockbox.v1.PayloadServiceOuterClass.getDescriptor(),
                io.coffer.wire.lockbox.v1.SecretOuterClass.getDescriptor(),
                io.coffer.wire.operation.OperationServiceOuterClass.getDescriptor(),
                io.coffer.wire.endpoint.ApiEndpointServiceOuterClass.getDescriptor(),
                io.coffer.wire.iam.v1.IamTokenServiceOuterClass.getDescriptor())
            .flatMap(file -> file.getMessageTypes().stream())
            .flatMap(type -> type.getFields().stream())
            .toList();
    assertThat(fields).hasSizeGreaterThan(80);
    for (FieldDescriptor field : fields) {
      FieldRules rules = FieldRules.of(field);
      assertThat(rules.length().isPresent())
          .as(field.getFullName())
          .isEqualTo(field.getOptions().hasExtension(Validation.length));
    }
  }

  @Test
  void whatIsWrongIsNamedAndNeverRepeated() {
    CofferException refusal =
        catchThrowableOfType(
            CofferException.class,
            () -> Constraints.check(entry(e -> e.setKey("no spaces here").setTextValue("hush"))));
    assertThat(refusal.problem().toString().toLowerCase(Locale.ROOT))
        .contains("version_payload_entries[0].key")
        .doesNotContain("spaces")
        .doesNotContain("hush");
  }

  private static Arguments broken(Message request, String field, String constraint, String limit) {
    return Arguments.of(request, field, constraint, limit);
  }

  private static CreateSecretRequest.Builder create() {
    return CreateSecretRequest.newBuilder().setFolderId("f");
  }

  private static CreateSecretRequest entry(
      java.util.function.UnaryOperator<PayloadEntryChange.Builder> change) {
    return create()
        .addVersionPayloadEntries(
            change.apply(PayloadEntryChange.newBuilder().setKey("k").setTextValue("v")))
        .build();
  }

  private static CreateSecretRequest labels(int count) {
    CreateSecretRequest.Builder request = create();
    IntStream.range(0, count).forEach(i -> request.putLabels("k" + i, "v"));
    return request.build();
  }

  private static AccessBindingDelta.Builder delta() {
    return AccessBindingDelta.newBuilder()
        .setAction(AccessBindingAction.ADD)
        .setAccessBinding(
            AccessBinding.newBuilder()
                .setRoleId("role")
                .setSubject(
                    io.coffer.wire.access.Subject.newBuilder().setId("i").setType("userAccount")));
  }
}
