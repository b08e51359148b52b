package io.coffer.api.organizationmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A group from its making to its end, over REST, in the JSON form of Yandex Cloud. */
@Timeout(120)
final class GroupsOverRestTest {
  private static final String GROUPS = "/organization-manager/v1/groups";

  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static String organizationId;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    organizationId = get("/resource-manager/v1/clouds").member("organizationId");
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  private static Answer post(String path, String body) {
    return coffer.rest().post(path, coffer.token(), body);
  }

  private static Answer get(String path) {
    return coffer.rest().get(path, coffer.token());
  }

  private static Answer send(String method, String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Answer made(String name) {
    Answer answer =
        post(GROUPS, "{\"organizationId\":\"" + organizationId + "\",\"name\":\"" + name + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String robot(String name) {
    return post(
            "/iam/v1/serviceAccounts",
            "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":\"" + name + "\"}")
        .member("serviceAccountId");
  }

  @Test
  void aGroupIsMadeShownChangedListedAndDeleted() {
    Answer made =
        post(
            GROUPS,
            "{\"organizationId\":\""
                + organizationId
                + "\",\"name\":\"Shown.one\",\"description\":\"d\",\"labels\":{\"k\":\"v\"}}");
    assertThat(made.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Create group\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,"
                + "\"metadata\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.organizationmanager.v1.CreateGroupMetadata\","
                + "\"groupId\":\"<id>\"},"
                + "\"response\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.organizationmanager.v1.Group\","
                + "\"id\":\"<id>\",\"organizationId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"name\":\"Shown.one\",\"description\":\"d\",\"labels\":{\"k\":\"v\"}}}");
    String id = made.member("groupId");
    String path = GROUPS + "/" + id;
    Answer shown = get(path);
    assertThat(made.body()).contains(shown.body().substring(1));
    assertThat(
            get(GROUPS + "?organizationId=" + organizationId + "&filter=name%3D%22Shown.one%22")
                .body())
        .isEqualTo("{\"groups\":[" + shown.body() + "]}");

    assertThat(send("PATCH", path, "{\"updateMask\":\"description,labels\"}").status())
        .isEqualTo(200);
    assertThat(get(path).body())
        .contains("\"name\":\"Shown.one\"")
        .doesNotContain("description", "labels");

    String robot = robot("member");
    Answer joined =
        post(
            path + ":updateMembers",
            "{\"memberDeltas\":[{\"action\":\"ADD\",\"subjectId\":\"" + robot + "\"}]}");
    assertThat(joined.body())
        .contains(
            "yandex.cloud.organizationmanager.v1.UpdateGroupMembersMetadata",
            "google.protobuf.Empty",
            "\"done\":true");
    assertThat(get(path + ":listMembers").body())
        .isEqualTo(
            "{\"members\":[{\"subjectId\":\"" + robot + "\",\"subjectType\":\"serviceAccount\"}]}");
    assertThat(get(GROUPS + ":listEffective?subjectId=" + robot).body())
        .isEqualTo(
            "{\"groupMembershipInfo\":[{\"groupId\":\"" + id + "\",\"groupName\":\"Shown.one\"}]}");

    Answer bound =
        post(
            path + ":setAccessBindings",
            "{\"accessBindings\":[{\"roleId\":\"organization-manager.groups.memberAdmin\","
                + "\"subject\":{\"id\":\""
                + robot
                + "\",\"type\":\"serviceAccount\"}}]}");
    assertThat(bound.body()).contains("yandex.cloud.access.AccessBindingsOperationResult");
    assertThat(get(path + ":listAccessBindings").body())
        .contains("organization-manager.groups.memberAdmin");
    assertThat(get(path + "/operations").body())
        .contains("Create group", "Update group", "Update group members", "Set access bindings");

    Answer gone = send("DELETE", path, "");
    assertThat(gone.body())
        .contains("DeleteGroupMetadata", "google.protobuf.Empty", "\"done\":true");
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get(GROUPS + ":listEffective?subjectId=" + robot).body()).isEqualTo("{}");
    assertThat(get("/operations/" + gone.member("id")).body()).isEqualTo(gone.body());
  }

  @Test
  void whatIsAskedForWronglyIsAnInvalidArgument() {
    String group = made("wrongly").member("groupId");
    String organization = "{\"organizationId\":\"" + organizationId + "\",\"name\":";
    for (String body :
        new String[] {
          organization + "\"\"}",
          organization + "\"1a\"}",
          organization + "\"a-\"}",
          organization + "\"" + "a".repeat(64) + "\"}",
          organization + "\"a\",\"description\":\"" + "d".repeat(257) + "\"}",
          organization + "\"a\",\"labels\":{\"K\":\"v\"}}",
          "{\"name\":\"a\"}",
        }) {
      assertThat(post(GROUPS, body).status()).as(body).isEqualTo(400);
    }
    for (String deltas :
        new String[] {
          "",
          "{\"action\":\"ADD\"}",
          "{\"subjectId\":\"ajenone\"}",
          "{\"action\":\"ADD\",\"subjectId\":\"ajenone\"}",
          "{\"action\":\"ADD\",\"subjectId\":\"" + group + "\"}",
          "{\"action\":\"ADD\",\"subjectId\":\"CN=" + "a".repeat(48) + "\"}",
          "{\"action\":\"REMOVE\",\"subjectId\":\"x\"},".repeat(1000)
              + "{\"action\":\"REMOVE\",\"subjectId\":\"x\"}",
        }) {
      Answer refused =
          post(GROUPS + "/" + group + ":updateMembers", "{\"memberDeltas\":[" + deltas + "]}");
      assertThat(refused.status()).as(deltas).isEqualTo(400);
    }
    assertThat(send("PATCH", GROUPS + "/" + group, "{\"updateMask\":\"name\"}").status())
        .isEqualTo(400);
    assertThat(send("PATCH", GROUPS + "/" + group, "{\"updateMask\":\"externalId\"}").status())
        .isEqualTo(400);
    assertThat(get(GROUPS + "?organizationId=" + organizationId + "&filter=id%3D1").status())
        .isEqualTo(400);
    assertThat(get(GROUPS + "?pageSize=10").status()).isEqualTo(400);
    assertThat(get(GROUPS + "?organizationId=" + organizationId + "&pageSize=1001").status())
        .isEqualTo(400);
  }

  @Test
  void whoMayNotIsToldNothing() {
    String group = made("quiet").member("groupId");
    String stranger = robot("stranger");
    String token =
        post(
                "/iam/v1/tokens:createForServiceAccount",
                "{\"serviceAccountId\":\"" + stranger + "\"}")
            .member("iamToken");
    for (String id : new String[] {group, "ajenone"}) {
      for (String verb : new String[] {"", ":listMembers", ":listAccessBindings", "/operations"}) {
        Answer refused = coffer.rest().get(GROUPS + "/" + id + verb, token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.member("message"))
            .isEqualTo("Permission denied to organization-manager.group " + id);
      }
    }
    for (String id : new String[] {organizationId, "b1gnone"}) {
      assertThat(coffer.rest().get(GROUPS + "?organizationId=" + id, token).member("message"))
          .isEqualTo("Permission denied to resource-manager.cloud " + id);
    }
    for (String id : new String[] {coffer.adminKey().accountId(), "ajenone"}) {
      assertThat(
              coffer.rest().get(GROUPS + ":listEffective?subjectId=" + id, token).member("message"))
          .isEqualTo("Permission denied to iam.subject " + id);
    }
    assertThat(coffer.rest().get(GROUPS + ":listEffective?subjectId=" + stranger, token).body())
        .isEqualTo("{}");
  }
}
