package io.coffer.api.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.Answer;
import io.coffer.server.LoopbackIssuer;
import io.coffer.server.Setting;
import io.coffer.testing.OidcIssuer;
import io.coffer.testing.OidcIssuer.Signer;
import io.coffer.testing.OidcIssuer.Token;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of GitHub Actions and a pod of Kubernetes, as far as their tokens go: they read the secret
 * they were bound to, and no other, with nothing but the token that they are given where they run.
 */
@Timeout(180)
final class TokenExchangeTest {
  private static final String GITHUB = "https://token.actions.githubusercontent.com";
  private static final String GITHUB_AUDIENCE = "https://github.com/acme";
  private static final String MAIN = "repo:acme/app:ref:refs/heads/main";
  private static final String KUBERNETES = "https://kubernetes.default.svc.cluster.local";
  private static final String POD = "system:serviceaccount:shop:cart";

  private static final Signer GITHUB_KEY = OidcIssuer.rsa("gh-1", "RS256");
  private static final Signer CLUSTER_KEY = OidcIssuer.rsa("k8s-1", "RS256");
  private static final Signer ELLIPTIC_KEY = OidcIssuer.ec("k8s-2", "ES256");

  @TempDir private static Path home;
  private static LoopbackIssuer github;
  private static Path clusterKeys;
  private static Workshop shop;
  private static String bound;
  private static String neighbour;
  private static String account;
  private static String githubFederation;

  @BeforeAll
  static void start() throws IOException {
    github = LoopbackIssuer.start();
    github.answer(OidcIssuer.jwks(GITHUB_KEY));
    Path directory = Files.createDirectories(home.resolve("issuers"));
    clusterKeys = directory.resolve("cluster.json");
    Files.writeString(clusterKeys, OidcIssuer.jwks(CLUSTER_KEY, ELLIPTIC_KEY));
    shop = new Workshop(home, Map.of(Setting.OIDC_KEYS, directory.toString()));
    bound = shop.secret("of-the-app");
    neighbour = shop.secret("of-its-neighbour");
    account = shop.account("app");
    shop.mayRead(account, bound);
    githubFederation = shop.federation("github", GITHUB, GITHUB_AUDIENCE, github.url());
    shop.credential(account, githubFederation, MAIN);
    String cluster = shop.federation("cluster", KUBERNETES, "coffer", "file:" + clusterKeys);
    shop.credential(account, cluster, POD);
  }

  @AfterAll
  static void stop() {
    shop.close();
    github.close();
  }

  private static Token job() {
    return Token.of(GITHUB, MAIN, GITHUB_AUDIENCE, shop.now())
        .more(
            ",\"repository\":\"acme/app\",\"repository_owner\":\"acme\",\"ref\":\"refs/heads/main\","
                + "\"event_name\":\"push\",\"jti\":\"x\",\"nbf\":"
                + shop.now().getEpochSecond());
  }

  private static String podToken(Signer key) {
    return Token.of(KUBERNETES, POD, "[\"coffer\"]", shop.now())
        .more(
            ",\"kubernetes.io\":{\"namespace\":\"shop\",\"pod\":{\"name\":\"cart-0\",\"uid\":\"u\"},"
                + "\"serviceaccount\":{\"name\":\"cart\",\"uid\":\"u\"}}")
        .signedBy(key);
  }

  private static void assertReadsItsSecretAndNoOther(String token) {
    assertThat(shop.read(bound, token).status()).isEqualTo(200);
    assertThat(shop.read(bound, token).body()).contains("of-the-app");
    assertThat(shop.read(neighbour, token).status()).isEqualTo(403);
    assertThat(shop.readOverGrpc(bound, token)).isEqualTo("of-the-app");
    assertThatThrownBy(() -> shop.readOverGrpc(neighbour, token))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void aJobOfGithubReadsExactlyTheSecretItWasBoundTo() {
    assertReadsItsSecretAndNoOther(shop.given(account, job().signedBy(GITHUB_KEY)));
  }

  @Test
  void aPodOfKubernetesReadsExactlyTheSecretItWasBoundTo() {
    assertReadsItsSecretAndNoOther(shop.given(account, podToken(CLUSTER_KEY)));
    assertReadsItsSecretAndNoOther(shop.given(account, podToken(ELLIPTIC_KEY)));
  }

  @Test
  void theAnswerIsAsOauthHasIt() {
    Answer answer = shop.exchange(account, job().signedBy(GITHUB_KEY));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("x-request-id")).isNotEmpty();
    assertThat(answer.body())
        .matches(
            "\\{\"access_token\":\"t1\\.[A-Z0-9a-z_-]+[=]{0,2}\\.[A-Z0-9a-z_-]{86}[=]{0,2}\","
                + "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\","
                + "\"token_type\":\"Bearer\",\"expires_in\":3600\\}");
  }

  @Test
  void aFormAndJsonAreReadUnderWhateverName() {
    String token = job().signedBy(GITHUB_KEY);
    String form = Workshop.form(account, token);
    String json = Workshop.json(account, token);
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "APPLICATION/X-WWW-FORM-URLENCODED; charset=UTF-8",
            "application/json",
            "Application/JSON;charset=utf-8",
            "text/plain")) {
      for (String body : List.of(form, json, " \n" + json, form.replace("id_token", "jwt"))) {
        assertThat(shop.post(type, body).status()).as(type + " " + body).isEqualTo(200);
      }
    }
    String more = json.replaceFirst("\\{", "{\"scope\":null,\"x\":{\"audience\":[1]},");
    assertThat(shop.post("application/json", more).status()).isEqualTo(200);
    String less = form.replaceFirst("requested_token_type=[^&]+", "requested_token_type=");
    assertThat(shop.post("application/x-www-form-urlencoded", less).status()).isEqualTo(200);
    assertThat(shop.coffer().rest().post("/oauth/token?x=y", "", form).status()).isEqualTo(200);
  }

  @Test
  void aRequestThatIsMalformedIsToldSo() {
    String form = Workshop.form(account, "a.b.c");
    String json = Workshop.json(account, "a.b.c");
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("", "grant_type is required"),
            Map.entry("{", "a form or an object of JSON"),
            Map.entry(json + "x", "a form or an object of JSON"),
            Map.entry(json + "{}", "a form or an object of JSON"),
            Map.entry(json.replace("\"a.b.c\"", "7"), "must be text"),
            Map.entry(json.replace("\"a.b.c\"", "[\"a.b.c\"]"), "must be text"),
            Map.entry(json.replaceFirst("\\{", "{\"audience\":\"x\","), "a form or an object"),
            Map.entry(form + "&audience=other", "there twice"),
            Map.entry(form.replace("audience=" + account, "audience="), "audience is required"),
            Map.entry(form.replace("a.b.c", ""), "subject_token is required"),
            Map.entry(form.replace("subject_token_type=", "x="), "subject_token_type is required"),
            Map.entry(form.replace("id_token", "saml2"), "subject_token_type must be"),
            Map.entry(
                form.replace("access_token", "refresh_token"), "requested_token_type must be"),
            Map.entry(form + "&actor_token=x", "actor_token is not supported"),
            Map.entry(form + "&x=" + "y".repeat(64 << 10), "at most 65536 bytes"));
    wrong.forEach((body, why) -> {
      Answer answer = shop.post("application/x-www-form-urlencoded", body);
      assertThat(answer.status()).as(why).isEqualTo(400);
      assertThat(answer.member("error")).as(why).isEqualTo("invalid_request");
      assertThat(answer.member("error_description")).contains(why);
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
    });
    Answer grant =
        shop.post(
            "application/x-www-form-urlencoded", form.replace("token-exchange", "device_code"));
    assertThat(grant.status()).isEqualTo(400);
    assertThat(grant.member("error")).isEqualTo("unsupported_grant_type");
    for (String method : List.of("GET", "PUT", "DELETE")) {
      Answer answer = shop.send(method, "/oauth/token", "");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("POST");
      assertThat(answer.member("error")).isEqualTo("invalid_request");
    }
  }

  @Test
  void aTokenThatIsNotBelievedIsAnInvalidGrantInTheSameWordsWhateverIsHere() {
    String stranger = shop.account("stranger");
    Signer forger = OidcIssuer.rsa("gh-1", "RS256");
    for (Answer answer :
        List.of(
            shop.exchange(account, job().signedBy(forger)),
            shop.exchange(
                account, job().subject("repo:acme/app:pull_request").signedBy(GITHUB_KEY)),
            shop.exchange(account, job().audience("sts.amazonaws.com").signedBy(GITHUB_KEY)),
            shop.exchange(account, job().issuer("https://evil.example").signedBy(GITHUB_KEY)),
            shop.exchange(stranger, job().signedBy(GITHUB_KEY)),
            shop.exchange("ajenone", job().signedBy(GITHUB_KEY)))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"invalid_grant\",\"error_description\":"
                  + "\"the subject token is not accepted for this audience\"}");
    }
    Answer expired =
        shop.exchange(
            account,
            job()
                .living(shop.now().getEpochSecond() - 600, shop.now().getEpochSecond() - 300)
                .signedBy(GITHUB_KEY));
    assertThat(expired.member("error")).isEqualTo("invalid_grant");
    assertThat(expired.member("error_description")).contains("has expired");
  }

  @Test
  void anIssuerChangesItsKeysAndGoesDownWithoutAnybodyBeingKeptOut() {
    try (LoopbackIssuer issuer = LoopbackIssuer.start()) {
      Signer first = OidcIssuer.rsa("one", "RS256");
      Signer second = OidcIssuer.ec("two", "ES256");
      String robot = shop.account("rotating");
      String federation = shop.federation("rotating", "https://rotates", "a", issuer.url());
      shop.credential(robot, federation, "s");
      issuer.answer(OidcIssuer.jwks(first));
      assertThat(exchanged(robot, first).status()).isEqualTo(200);

      issuer.answer(OidcIssuer.jwks(second, first));
      shop.advance(Duration.ofSeconds(11));
      assertThat(exchanged(robot, second).status()).isEqualTo(200);
      assertThat(exchanged(robot, first).status()).isEqualTo(200);

      issuer.answer(OidcIssuer.jwks(second));
      shop.advance(Duration.ofMinutes(11));
      assertThat(exchanged(robot, first).status()).isEqualTo(400);
      assertThat(exchanged(robot, second).status()).isEqualTo(200);

      issuer.goDown();
      shop.advance(Duration.ofMinutes(11));
      assertThat(exchanged(robot, second).status()).isEqualTo(200);
    }
  }

  private static Answer exchanged(String robot, Signer key) {
    return shop.exchange(robot, Token.of("https://rotates", "s", "a", shop.now()).signedBy(key));
  }

  @Test
  void anIssuerThatDoesNotAnswerHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (LoopbackIssuer slow = LoopbackIssuer.start()) {
      slow.hang(asked, over);
      String robot = shop.account("slow");
      String federation = shop.federation("slow", "https://slow", "a", slow.url());
      shop.credential(robot, federation, "s");
      String token = Token.of("https://slow", "s", "a", shop.now()).signedBy(GITHUB_KEY);
      Thread waiting = Thread.ofPlatform().daemon().start(() -> shop.exchange(robot, token));
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      Instant before = Instant.now();
      for (int i = 0; i < 5; i++) {
        shop.given(account, job().signedBy(GITHUB_KEY));
      }
      String login = "{\"jwt\":\"" + shop.coffer().adminKey().jwt() + "\"}";
      assertThat(shop.coffer().rest().post("/iam/v1/tokens", "", login).status()).isEqualTo(200);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
      over.countDown();
      waiting.join(Duration.ofSeconds(30));
    } finally {
      over.countDown();
    }
  }

  @Test
  void whatWasGivenEndsWithTheCredential() {
    String robot = shop.account("ends");
    shop.mayRead(robot, neighbour);
    String credential = shop.credential(robot, githubFederation, MAIN);
    String token = shop.given(robot, job().signedBy(GITHUB_KEY));
    assertThat(shop.read(neighbour, token).status()).isEqualTo(200);
    assertThat(
            shop.send("DELETE", "/iam/v1/workload/federatedCredentials/" + credential, "").status())
        .isEqualTo(200);
    assertThat(shop.read(neighbour, token).status()).isEqualTo(401);
    assertThat(shop.exchange(robot, job().signedBy(GITHUB_KEY)).status()).isEqualTo(400);
  }

  @Test
  void keysInAFileChangeAsThoseOfAServer() {
    Signer next = OidcIssuer.rsa("k8s-next", "RS256");
    assertThat(shop.exchange(account, podToken(next)).status()).isEqualTo(400);
    try {
      Files.writeString(clusterKeys, OidcIssuer.jwks(CLUSTER_KEY, ELLIPTIC_KEY, next));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shop.advance(Duration.ofSeconds(11));
    assertThat(shop.exchange(account, podToken(next)).status()).isEqualTo(200);
  }
}
