package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditDetail;
import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.access.Role;
import io.coffer.core.template.Context;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a task of a swarm is given, and what it is not. */
final class DeliveriesTest {
  private static final String READER = "ajereader";
  private static final Context TASK =
      new Context(
          new Context.Service("svc1", "web", Map.of("tier", "front")),
          new Context.Node("node1", "", "", ""),
          new Context.Task("task1", "web.2.task1", "2"));

  private static Deliver value(String reference) {
    return new Deliver(reference, "", "", TASK);
  }

  private static String docker(SimWorld world, String name, String value) {
    try (var command = Drafts.docker(world.dockerFolder().id(), name, value.getBytes(UTF_8))) {
      return await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the command.
  private static String templated(SimWorld world, String name, String language, String text) {
    try (CreateSecret command =
        CreateSecret.fromDocker(
            world.dockerFolder().id(),
            name,
            Map.of(),
            List.of(PayloadEntry.fromDocker(SecretBytes.takeOver(text.getBytes(UTF_8)))),
            Optional.empty(),
            Optional.of(new Driver(language, new TreeMap<>())))) {
      return await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
  }

  private static String several(SimWorld world, PayloadEntry... entries) {
    try (var command = Drafts.secret(world.folder().id(), "several", entries)) {
      return await(world.secrets().create(world.admin(), command)).resourceId();
    }
  }

  private static Call reader(SimWorld world) {
    return world.believed(READER);
  }

  private static SimWorld readable() {
    SimWorld world = SimWorld.of(1);
    world.bind(world.folder().cloudId(), Role.LOCKBOX_PAYLOAD_VIEWER, READER);
    return world;
  }

  private static String delivered(SimWorld world, Deliver command) {
    return switch (await(world.deliveries().deliver(reader(world), command))) {
      case Delivery.Value(var value) -> {
        try (value) {
          yield value.lend(bytes -> new String(bytes, UTF_8));
        }
      }
      case Delivery.Unfit(var why) -> throw new AssertionError(why);
    };
  }

  private static String unfit(SimWorld world, Deliver command) {
    return ((Delivery.Unfit) await(world.deliveries().deliver(reader(world), command))).why();
  }

  private static Problem refusal(SimWorld world, Deliver command) {
    return problem(world.deliveries().deliver(reader(world), command));
  }

  private static List<String> details(AuditRecord record) {
    return record.getDetailsList().stream().map(DeliveriesTest::shown).toList();
  }

  private static String shown(AuditDetail detail) {
    return detail.getName() + "=" + String.join(",", detail.getValuesList());
  }

  @Test
  void aValueIsFoundByIdAndByNameInAnyCase() {
    try (SimWorld world = readable()) {
      String id = docker(world, "db_password", "v1");
      assertThat(delivered(world, value("db_password"))).isEqualTo("v1");
      assertThat(delivered(world, value("DB_Password"))).isEqualTo("v1");
      assertThat(delivered(world, value(id))).isEqualTo("v1");
      assertThat(refusal(world, value(id.substring(0, 10))))
          .isEqualTo(new Problem.NotFound("secret", id.substring(0, 10)));
    }
  }

  @Test
  void aSecretOfAnotherFolderIsFoundByIdOnly() {
    try (SimWorld world = readable()) {
      String id = several(world, Drafts.text("k", "v"));
      assertThat(delivered(world, value(id))).isEqualTo("v");
      assertThat(refusal(world, value("several"))).isInstanceOf(Problem.NotFound.class);
    }
  }

  @Test
  void theEntryIsTheNamedOneElseDataElseTheOnlyOne() {
    try (SimWorld world = readable()) {
      String id = several(world, Drafts.text("user", "robot"), Drafts.text("password", "p"));
      assertThat(delivered(world, new Deliver(id, "user", "", TASK))).isEqualTo("robot");
      assertThat(refusal(world, value(id)))
          .isEqualTo(new Problem.Violated("entry", "must be one of", "user, password"));
      assertThat(refusal(world, new Deliver(id, "nope", "", TASK)))
          .isEqualTo(new Problem.Violated("entry", "must be one of", "user, password"));
      String withData = several(world, Drafts.text("user", "robot"), Drafts.text("data", "d"));
      assertThat(delivered(world, value(withData))).isEqualTo("d");
    }
  }

  @Test
  void theVersionIsTheNamedOneElseTheCurrent() {
    try (SimWorld world = readable()) {
      String id = docker(world, "x", "v1");
      String version =
          await(world.secrets().get(world.admin(), id)).secret().currentVersion().orElseThrow();
      assertThat(delivered(world, new Deliver("x", "", version, TASK))).isEqualTo("v1");
      assertThat(refusal(world, new Deliver("x", "", "e6qnone", TASK)))
          .isEqualTo(new Problem.NotFound("version", "e6qnone"));
    }
  }

  @Test
  void whoGotItIsOnRecord() {
    try (SimWorld world = readable()) {
      String id = docker(world, "x", "v1");
      assertThat(delivered(world, value("x"))).isEqualTo("v1");
      AuditRecord record = world.records().getLast();
      assertThat(record.getAuthorized()).isTrue();
      assertThat(record.getSubjectId()).isEqualTo(READER);
      assertThat(details(record))
          .contains(
              "secret_id=" + id,
              "secret_name=x",
              "swarm_service_id=svc1",
              "swarm_service_name=web",
              "swarm_task_id=task1",
              "swarm_node_id=node1");
    }
  }

  @Test
  void whatIsRefusedIsOnRecord() {
    try (SimWorld world = readable()) {
      assertThat(refusal(world, value("nope"))).isInstanceOf(Problem.NotFound.class);
      AuditRecord record = world.records().getLast();
      assertThat(record.getAuthorized()).isFalse();
      assertThat(record.getStatus()).isEqualTo("NotFound");
      assertThat(details(record)).contains("reference=nope", "swarm_task_id=task1");
    }
  }

  @Test
  void whoeverMayNotReadDoesNotLearnWhatThereIs() {
    try (SimWorld world = SimWorld.of(1)) {
      world.bind(world.folder().cloudId(), Role.LOCKBOX_EDITOR, READER);
      docker(world, "x", "v1");
      assertThat(refusal(world, value("x"))).isEqualTo(refusal(world, value("nope")));
      assertThat(world.records().getLast().getStatus()).isEqualTo("Denied");
    }
  }

  @Test
  void whoMayReadOneSecretIsDeliveredThatOne() {
    try (SimWorld world = SimWorld.of(1)) {
      world.bind(docker(world, "mine", "v1"), Role.LOCKBOX_PAYLOAD_VIEWER, READER);
      docker(world, "other", "v2");
      assertThat(delivered(world, value("mine"))).isEqualTo("v1");
      assertThat(refusal(world, value("other"))).isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void aTemplateIsExpandedForItsTask() {
    try (SimWorld world = readable()) {
      docker(world, "plain", "PLAIN");
      templated(
          world,
          "url",
          "golang",
          "{{.Service.Name}}:{{secret \"plain\"}}@{{.Task.Slot}}/{{.Service.Labels.tier}}"
              + "{{env \"X\"}}{{secret \"plain\"}}");
      assertThat(delivered(world, value("url"))).isEqualTo("web:PLAIN@2/frontPLAIN");
    }
  }

  @Test
  void everyValueATemplateIsMadeWithIsOnRecord() {
    try (SimWorld world = readable()) {
      docker(world, "a", "1");
      docker(world, "b", "2");
      String id = templated(world, "t", "golang", "{{secret \"a\"}}{{secret \"b\"}}");
      int before = world.records().size();
      assertThat(delivered(world, value("t"))).isEqualTo("12");
      List<AuditRecord> records = world.records().subList(before, world.records().size());
      assertThat(records).hasSize(3);
      assertThat(details(records.get(1))).contains("secret_name=a", "template_secret_id=" + id);
      assertThat(details(records.get(2))).contains("secret_name=b", "swarm_node_id=node1");
    }
  }

  @Test
  void aSecretInATemplateIsItsTextAndNotExpanded() {
    try (SimWorld world = readable()) {
      templated(world, "inner", "golang", "{{.Task.ID}}");
      templated(world, "t", "golang", "{{secret \"inner\"}}|{{secret \"T\"}}");
      assertThat(delivered(world, value("t")))
          .isEqualTo("{{.Task.ID}}|{{secret \"inner\"}}|{{secret \"T\"}}");
    }
  }

  @Test
  void whatATemplateMayNotReadIsRefused() {
    try (SimWorld world = SimWorld.of(1)) {
      docker(world, "other", "v");
      String id = templated(world, "t", "golang", "{{secret \"other\"}}");
      world.bind(id, Role.LOCKBOX_PAYLOAD_VIEWER, READER);
      assertThat(refusal(world, value("t"))).isInstanceOf(Problem.Denied.class);
      assertThat(world.records().getLast().getStatus()).isEqualTo("Denied");
    }
  }

  @Test
  void anErrorOfATemplateIsToldAndNotRecorded() {
    try (SimWorld world = readable()) {
      docker(world, "value", "canary");
      templated(world, "t", "golang", "{{secret (secret \"value\")}}");
      assertThat(unfit(world, value("t")))
          .isEqualTo(
              "template: expansion:1:2: executing \"expansion\" at <secret (secret \"value\")>:"
                  + " error calling secret: secret target canary not found");
      assertThat(world.records()).noneMatch(record -> record.toString().contains("canary"));
    }
  }

  @Test
  void noOtherLanguageIsKnown() {
    try (SimWorld world = readable()) {
      templated(world, "a", "jinja", "x");
      templated(world, "b", "", "x");
      assertThat(unfit(world, value("a"))).isEqualTo("unrecognized template type");
      assertThat(unfit(world, value("b"))).isEqualTo("unrecognized template type");
    }
  }

  @Test
  void thereIsNoConfigInTemplates() {
    try (SimWorld world = readable()) {
      templated(world, "t", "golang", "{{config \"c\"}}");
      assertThat(unfit(world, value("t"))).endsWith("config target c not found");
    }
  }

  @Test
  void withoutTemplatingTextStaysAsItIs() {
    try (SimWorld world = readable()) {
      docker(world, "x", "{{.Nope}}");
      assertThat(delivered(world, value("x"))).isEqualTo("{{.Nope}}");
    }
  }

  @Test
  void anEmptyValueIsNoneForAnEngine() {
    try (SimWorld world = readable()) {
      templated(world, "t", "golang", "{{/* nothing */}}");
      assertThat(unfit(world, value("t"))).contains("empty");
    }
  }

  @Test
  void aTemplateIsMadeWithSoManySecretsAtMost() {
    try (SimWorld world = readable()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Deliveries.TEMPLATE_SECRETS_MAX; i++) {
        docker(world, "s" + i, "v");
        text.append("{{secret \"s").append(i).append("\"}}");
      }
      templated(world, "most", "golang", text.toString());
      assertThat(delivered(world, value("most"))).hasSize(Deliveries.TEMPLATE_SECRETS_MAX);
      docker(world, "more", "v");
      templated(world, "over", "golang", text + "{{secret \"more\"}}");
      assertThat(unfit(world, value("over"))).contains("more than 32 secrets");
    }
  }

  @Test
  void itIsTheSameWhereManyCommitAtOnce() {
    try (SimWorld world = SimWorld.committing(1)) {
      world.bind(world.folder().cloudId(), Role.LOCKBOX_PAYLOAD_VIEWER, READER);
      docker(world, "plain", "PLAIN");
      templated(world, "t", "golang", "{{secret \"plain\"}}");
      assertThat(delivered(world, value("t"))).isEqualTo("PLAIN");
      assertThat(refusal(world, value("nope"))).isInstanceOf(Problem.NotFound.class);
    }
  }
}
