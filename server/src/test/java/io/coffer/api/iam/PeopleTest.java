package io.coffer.api.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Empty;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.AuthorizedKey;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.coffer.v1.CreateUserAccountKeyRequest;
import io.coffer.wire.coffer.v1.CreateUserAccountKeyResponse;
import io.coffer.wire.coffer.v1.CreateUserAccountRequest;
import io.coffer.wire.coffer.v1.CreateUserAccountResponse;
import io.coffer.wire.coffer.v1.DeleteUserAccountRequest;
import io.coffer.wire.coffer.v1.ListUserAccountKeysRequest;
import io.coffer.wire.coffer.v1.ListUserAccountsRequest;
import io.coffer.wire.coffer.v1.UserAccountServiceGrpc;
import io.coffer.wire.iam.v1.CreateKeyRequest;
import io.coffer.wire.iam.v1.GetUserAccountRequest;
import io.coffer.wire.iam.v1.Key;
import io.coffer.wire.iam.v1.KeyServiceGrpc;
import io.coffer.wire.iam.v1.ListKeysRequest;
import io.coffer.wire.iam.v1.UserAccount;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of people over both transports: made, logged in with their key file, deleted. */
@Timeout(180)
final class PeopleTest {
  private static final String USERS = "/coffer/v1/userAccounts";

  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;
  private static String organizationId;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
    organizationId = get("/resource-manager/v1/clouds").member("organizationId");
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static Answer get(String path) {
    return coffer.rest().get(path, coffer.token());
  }

  private static Answer post(String path, String body) {
    return coffer.rest().post(path, coffer.token(), body);
  }

  private static Answer delete(String path, String token) {
    return coffer.rest().send(coffer.rest().request(path, token).DELETE());
  }

  private static <T> T stub(Class<T> type, String token) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", "Bearer " + token)
        .build(type);
  }

  private static Answer made(String login) {
    Answer answer =
        post(
            USERS,
            "{\"organizationId\":\"%s\",\"login\":\"%s\",\"defaultEmail\":\"%s@example.com\"}"
                .formatted(organizationId, login, login));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** A text member of a JSON body, whatever is escaped in it. */
  private static String text(String json, String name) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING && name.equals(parser.currentName())) {
          return parser.getText();
        }
      }
      throw new AssertionError("no " + name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a client reads from its file. */
  private static AuthorizedKey key(String file) {
    try {
      Path path = Files.writeString(Files.createTempFile(home, "key", ".json"), file);
      return AuthorizedKey.read(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPersonIsMadeLogsInAndIsWhoRolesAreBoundTo() {
    Answer made = made("alice");
    String id = made.member("id");
    String file = text(made.body(), "keyFile");
    assertThat(file)
        .contains("\"user_account_id\" : \"" + id + "\"", "\"key_algorithm\" : \"RSA_2048\"")
        .doesNotContain("service_account_id");
    String shown =
        "{\"id\":\""
            + id
            + "\",\"yandexPassportUserAccount\":{\"login\":\"alice\","
            + "\"defaultEmail\":\"alice@example.com\"}}";
    assertThat(made.body()).startsWith("{\"userAccount\":" + shown + ",\"keyFile\":\"");
    assertThat(get("/iam/v1/userAccounts/" + id).body()).isEqualTo(shown);
    assertThat(get(USERS + "?organizationId=" + organizationId).body()).contains(shown);

    AuthorizedKey key = key(file);
    assertThat(key.accountId()).isEqualTo(id);
    String token = key.login(coffer.rest());
    String list = "/lockbox/v1/secrets?folderId=" + coffer.folderId();
    assertThat(coffer.rest().get(list, token).status()).isEqualTo(403);
    assertThat(
            post(
                    "/resource-manager/v1/folders/" + coffer.folderId() + ":updateAccessBindings",
                    "{\"accessBindingDeltas\":[{\"action\":\"ADD\",\"accessBinding\":{\"roleId\":"
                        + "\"lockbox.viewer\",\"subject\":{\"type\":\"userAccount\",\"id\":\""
                        + id
                        + "\"}}}]}")
                .status())
        .isEqualTo(200);
    assertThat(coffer.rest().get(list, token).status()).isEqualTo(200);

    // One more key, as the person himself.
    Answer another = coffer.rest().post("/iam/v1/keys", token, "{\"description\":\"laptop\"}");
    assertThat(another.status()).as(another.body()).isEqualTo(200);
    assertThat(another.body()).contains("\"userAccountId\":\"" + id + "\"");
    assertThat(coffer.rest().get("/iam/v1/keys", token).body())
        .contains(key.id(), "laptop")
        .contains("\"userAccountId\":\"" + id + "\"");
    assertThat(coffer.rest().get("/iam/v1/userAccounts/" + id, token).body()).isEqualTo(shown);
    assertThat(coffer.rest().get(USERS + "?organizationId=" + organizationId, token).status())
        .isEqualTo(403);

    assertThat(delete(USERS + "/" + id, token).status()).isEqualTo(403);
    Answer gone = delete(USERS + "/" + id, coffer.token());
    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.body()).isEqualTo("{}");
    assertThat(coffer.rest().get(list, token).status()).isEqualTo(401);
    assertThat(coffer.rest().post("/iam/v1/tokens", "", "{\"jwt\":\"" + key.jwt() + "\"}").status())
        .isEqualTo(401);
    assertThat(get("/iam/v1/userAccounts/" + id).status()).isEqualTo(404);
  }

  @Test
  void theSameOverGrpc() {
    var users = stub(UserAccountServiceGrpc.UserAccountServiceBlockingStub.class, coffer.token());
    CreateUserAccountResponse made =
        users.create(
            CreateUserAccountRequest.newBuilder()
                .setOrganizationId(organizationId)
                .setLogin("bob@example.com")
                .build());
    UserAccount account = made.getUserAccount();
    String id = account.getId();
    assertThat(account.getYandexPassportUserAccount().getLogin()).isEqualTo("bob@example.com");
    assertThat(
            users
                .list(
                    ListUserAccountsRequest.newBuilder().setOrganizationId(organizationId).build())
                .getUserAccountsList())
        .contains(account);
    CreateUserAccountKeyResponse key =
        users.createKey(
            CreateUserAccountKeyRequest.newBuilder()
                .setUserAccountId(id)
                .setDescription("lost the first")
                .build());
    assertThat(key.getKey().getUserAccountId()).isEqualTo(id);
    assertThat(
            users
                .listKeys(ListUserAccountKeysRequest.newBuilder().setUserAccountId(id).build())
                .getKeysList())
        .hasSize(2)
        .contains(key.getKey());

    String token = key(key.getKeyFile()).login(coffer.rest());
    var own = stub(KeyServiceGrpc.KeyServiceBlockingStub.class, token);
    Key more = own.create(CreateKeyRequest.getDefaultInstance()).getKey();
    assertThat(more.getSubjectCase()).isEqualTo(Key.SubjectCase.USER_ACCOUNT_ID);
    assertThat(own.list(ListKeysRequest.getDefaultInstance()).getKeysList())
        .hasSize(3)
        .contains(more);
    var published =
        stub(
            io.coffer.wire.iam.v1.UserAccountServiceGrpc.UserAccountServiceBlockingStub.class,
            token);
    GetUserAccountRequest self = GetUserAccountRequest.newBuilder().setUserAccountId(id).build();
    assertThat(published.get(self)).isEqualTo(account);

    assertThat(users.delete(DeleteUserAccountRequest.newBuilder().setUserAccountId(id).build()))
        .isEqualTo(Empty.getDefaultInstance());
    assertThatThrownBy(() -> published.get(self))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
  }

  @Test
  void whatIsAskedForWronglyIsAnInvalidArgument() {
    String organization = "{\"organizationId\":\"" + organizationId + "\",\"login\":";
    for (String body :
        new String[] {
          organization + "\"\"}",
          organization + "\"Upper\"}",
          organization + "\"-a\"}",
          organization + "\"" + "a".repeat(65) + "\"}",
          organization + "\"a\",\"defaultEmail\":\"nobody\"}",
          organization + "\"a\",\"defaultEmail\":\"a@" + "b".repeat(255) + "\"}",
          organization + "\"a\",\"keyAlgorithm\":7}",
          "{\"login\":\"a\"}",
        }) {
      assertThat(post(USERS, body).status()).as(body).isEqualTo(400);
    }
    assertThat(get(USERS + "?organizationId=" + organizationId + "&pageSize=1001").status())
        .isEqualTo(400);
    made("twice");
    assertThat(post(USERS, organization + "\"twice\"}").status()).isEqualTo(409);
  }

  @Test
  void whoMayNotIsToldNothing() {
    String person = made("quiet").member("id");
    String token = key(text(made("stranger").body(), "keyFile")).login(coffer.rest());
    for (String id : new String[] {person, "ajenone"}) {
      String denied = "Permission denied to iam.userAccount " + id;
      assertThat(coffer.rest().get("/iam/v1/userAccounts/" + id, token).member("message"))
          .isEqualTo(denied);
      assertThat(coffer.rest().get(USERS + "/" + id + "/keys", token).member("message"))
          .isEqualTo(denied);
      assertThat(coffer.rest().post(USERS + "/" + id + "/keys", token, "{}").member("message"))
          .isEqualTo(denied);
      assertThat(delete(USERS + "/" + id, token).member("message")).isEqualTo(denied);
    }
  }
}
