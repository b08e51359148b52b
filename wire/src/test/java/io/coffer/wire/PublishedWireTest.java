package io.coffer.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.coffer.wire.api.OperationOuterClass;
import io.coffer.wire.lockbox.v1.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import yandex.cloud.api.lockbox.v1.SecretOuterClass;

/** Our .proto files say what the published ones say, but for the listed differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedWireTest {
  private static final String DIFFERENCES = "published-differences.txt";

  private List<FileDescriptorProto> ours = List.of();
  private List<FileDescriptorProto> published = List.of();

  @BeforeAll
  void readBothSides() throws Exception {
    ours = ProtoFiles.below(Secret.class, "io/coffer/wire");
    Set<String> packages =
        ours.stream().map(FileDescriptorProto::getPackage).collect(Collectors.toSet());
    published =
        ProtoFiles.below(SecretOuterClass.class, "yandex/cloud").stream()
            .filter(file -> packages.contains(file.getPackage()))
            .toList();
  }

  @Test
  void theDifferencesAreExactlyTheListedOnes() throws IOException {
    assertThat(differences(ours)).containsExactlyInAnyOrderElementsOf(listed());
  }

  @Test
  void aChangedFieldNumberIsNoticed() {
    List<FileDescriptorProto> changed = ours.stream().map(PublishedWireTest::renumbered).toList();

    assertThat(differences(changed))
        .contains("yandex.cloud.lockbox.v1.Payload.version_id: number is 3, published 1");
  }

  @Test
  void aMissingFileIsNoticed() {
    List<FileDescriptorProto> fewer =
        ours.stream().filter(f -> !f.getName().endsWith("/payload.proto")).toList();

    assertThat(differences(fewer))
        .contains("yandex/cloud/lockbox/v1/payload.proto: only published, file");
  }

  @Test
  void anOptionLeftOutIsNoticed() {
    List<FileDescriptorProto> bare = ours.stream().map(PublishedWireTest::withoutOptions).toList();

    assertThat(differences(bare))
        .contains(
            "yandex.cloud.lockbox.v1.PayloadService.Get: (google.api.http) is absent, published"
                + " get: \"/lockbox/v1/secrets/{secret_id}/payload\"",
            "yandex.cloud.lockbox.v1.GetPayloadRequest.secret_id: (yandex.cloud.length) is absent,"
                + " published <=50");
  }

  @Test
  void whatTheirClassesWriteOursRead() throws Exception {
    var theirs =
        SecretOuterClass.Secret.newBuilder()
            .setId("e6q1")
            .setName("db")
            .putLabels("env", "prod")
            .setStatus(SecretOuterClass.Secret.Status.INACTIVE)
            .build();

    Secret read = Any.parseFrom(Any.pack(theirs).toByteArray()).unpack(Secret.class);

    assertThat(read.getId()).isEqualTo("e6q1");
    assertThat(read.getLabelsMap()).containsEntry("env", "prod");
    assertThat(read.getStatus()).isEqualTo(Secret.Status.INACTIVE);
    assertThat(Any.pack(read).getTypeUrl())
        .isEqualTo("type.googleapis.com/yandex.cloud.lockbox.v1.Secret");
  }

  @Test
  void everyRpcHasAnHttpRule() {
    assertThat(rpcs().filter(rpc -> !rpc.options().hasExtension(AnnotationsProto.http))).isEmpty();
  }

  @Test
  void everyOperationNamesMessagesThatExist() {
    Shape shape = Shape.of(ours);
    assertThat(rpcs().flatMap(Rpc::operationTypes).filter(type -> !type.existsIn(shape))).isEmpty();
  }

  @Test
  void anRpcThatAnswersWithAnOperationSaysWhatIsInIt() {
    assertThat(rpcs().filter(Rpc::answersWithOperation))
        .allMatch(rpc -> rpc.options().hasExtension(OperationOuterClass.operation));
  }

  private List<String> differences(List<FileDescriptorProto> files) {
    return Shape.of(files).differencesFrom(Shape.of(published));
  }

  private Stream<Rpc> rpcs() {
    return ours.stream().flatMap(Rpc::in);
  }

  private static FileDescriptorProto renumbered(FileDescriptorProto file) {
    FileDescriptorProto.Builder builder = file.toBuilder();
    if (file.getName().endsWith("/payload.proto")) {
      builder.getMessageTypeBuilder(0).getFieldBuilder(0).setNumber(3);
    }
    return builder.build();
  }

  private static FileDescriptorProto withoutOptions(FileDescriptorProto file) {
    FileDescriptorProto.Builder builder = file.toBuilder();
    builder.getServiceBuilderList().stream()
        .flatMap(service -> service.getMethodBuilderList().stream())
        .forEach(method -> method.clearOptions());
    builder.getMessageTypeBuilderList().stream()
        .flatMap(message -> message.getFieldBuilderList().stream())
        .forEach(field -> field.clearOptions());
    return builder.build();
  }

  private static List<String> listed() throws IOException {
    try (var in = requireNonNull(PublishedWireTest.class.getResourceAsStream(DIFFERENCES))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
