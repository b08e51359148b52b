package io.coffer.core.certificate;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.access.Role;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.ClientCertificate;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClientCertificatesTest {
  private static CertificateRequest request() {
    try (CertificateRequest.Draft draft =
        CertificateRequest.draft(SubjectName.parse("CN=alice,O=team"))) {
      return CertificateRequest.parse(draft.pem());
    }
  }

  @Test
  void aCertificateIsOnRecordWithWhomItNamesAndUntilWhen() {
    try (SimWorld world = SimWorld.of(1)) {
      ClientCertificate issued =
          await(world.clientCertificates().create(world.admin(), request(), 0));

      assertThat(issued.notAfter()).isEqualTo(world.now().plus(Duration.ofDays(90)));
      AuditRecord record = world.records().getLast();
      assertThat(record.getEventType()).isEqualTo("io.coffer.audit.server.CreateClientCertificate");
      assertThat(record.getDetailsList())
          .extracting(detail -> detail.getName() + "=" + detail.getValues(0))
          .containsExactly(
              "subject=CN=alice,O=team",
              "serial=" + issued.serial(),
              "not_after=" + issued.notAfter());
    }
  }

  @Test
  void aLifeIsOneTo825Days() {
    try (SimWorld world = SimWorld.of(1)) {
      assertThat(await(world.clientCertificates().create(world.admin(), request(), 825)).notAfter())
          .isEqualTo(world.now().plus(Duration.ofDays(825)));
      for (int days : new int[] {-1, 826}) {
        assertThatThrownBy(() -> world.clientCertificates().create(world.admin(), request(), days))
            .isInstanceOf(CofferException.class)
            .hasMessageContaining("must be 1 to 825");
      }
    }
  }

  @Test
  void onlyAdministratorsOfTheCloudHaveThemMade() {
    try (SimWorld world = SimWorld.of(1)) {
      for (Role role : Role.values()) {
        world.bind(world.folder().cloudId(), role, "aje" + role.id());
        world.bind(world.folder().id(), Role.ADMIN, "aje" + role.id());
        var answer =
            world.clientCertificates().create(world.believed("aje" + role.id()), request(), 1);
        if (role == Role.ADMIN) {
          assertThat(await(answer).subject()).hasToString("CN=alice,O=team");
        } else {
          assertThat(problem(answer)).as(role.id()).isInstanceOf(Problem.Denied.class);
        }
      }
    }
  }
}
