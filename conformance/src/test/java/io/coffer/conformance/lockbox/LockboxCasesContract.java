package io.coffer.conformance.lockbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.cases.Altered;
import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The corpus of the Lockbox API against a running Coffer, over one of its transports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LockboxCasesContract {
  @AutoClose private CofferProcess coffer;
  @AutoClose private Client client;

  /** An account to which nothing is granted but by a case. */
  private String accountId = "";

  /** A client of the server of {@code environment}, with tokens by the names of the cases. */
  abstract Client connect(ClientEnvironment environment, Map<String, String> tokens)
      throws IOException;

  /** Whether the transport can carry the case out. */
  abstract boolean carries(LockboxCase one);

  /** For the report. */
  abstract String transport();

  @BeforeAll
  void start() throws IOException {
    coffer = CofferProcess.start();
    ClientEnvironment environment = coffer.environment();
    try (LockboxClient admin = new LockboxClient(environment)) {
      accountId = account(admin, environment.folderId());
      client =
          connect(
              environment,
              Map.of(
                  "main",
                  environment.token(),
                  "invalid",
                  "t1.invalid.invalid",
                  "sa",
                  tokenFor(admin, accountId)));
    }
  }

  private static String account(LockboxClient admin, String folderId) {
    return admin
        .post(
            "/iam/v1/serviceAccounts",
            "{\"folderId\":\"" + folderId + "\",\"name\":\"conformance\"}")
        .at("/metadata/serviceAccountId")
        .asText();
  }

  private static String tokenFor(LockboxClient admin, String accountId) {
    return admin
        .post(
            "/iam/v1/tokens:createForServiceAccount",
            "{\"serviceAccountId\":\"" + accountId + "\"}")
        .path("iamToken")
        .asText();
  }

  @TestFactory
  Stream<DynamicTest> answersAsTheCaseExpects() {
    CaseRunner runner = runner();
    List<LockboxCase> corpus = LockboxCase.corpus();
    List<LockboxCase> carried = corpus.stream().filter(this::carries).toList();
    System.err.printf(
        "Lockbox cases over %s: %d, and %d that it does not carry%n",
        transport(), carried.size(), corpus.size() - carried.size());
    return carried.stream()
        .map(each ->
            DynamicTest.dynamicTest(each.id() + " " + each.title(), () -> check(runner, each)));
  }

  private static void check(CaseRunner runner, LockboxCase one) {
    assertThat(runner.missing(one)).as("what %s needs and nobody supplied", one.id()).isEmpty();
    runner.run(one);
  }

  /** The runner looks: no case holds once its statuses were altered. */
  @Test
  void noCaseHoldsWithOtherStatuses() {
    CaseRunner runner = runner();
    List<String> holding =
        Corpus.cases("/lockbox/cases.jsonl", line -> LockboxCase.of(Altered.statuses(line)))
            .stream()
            .filter(this::carries)
            .filter(each -> holds(runner, each))
            .map(LockboxCase::id)
            .toList();

    assertThat(holding).isEmpty();
  }

  private static boolean holds(CaseRunner runner, LockboxCase one) {
    try {
      runner.run(one);
      return true;
    } catch (Mismatch _) {
      return false;
    }
  }

  private CaseRunner runner() {
    return new CaseRunner(
        client,
        Map.of(
            "FOLDER_ID",
            coffer.environment().folderId(),
            "SA_ID",
            accountId,
            "TOKEN_sa",
            "", // That there is one.
            "SA_JWT",
            jwt(),
            "REVOCABLE_TOKEN",
            anotherToken(),
            "KMS_KEY_ID",
            key()),
        Set.of("SHORT_PENDING", "SLOW"));
  }

  private String key() {
    try (LockboxClient administrator = new LockboxClient(coffer.environment())) {
      return administrator
          .post(
              "/kms/v1/keys",
              "{\"folderId\":\"%s\",\"defaultAlgorithm\":\"AES_256\"}"
                  .formatted(coffer.environment().folderId()))
          .at("/metadata/keyId")
          .asText();
    }
  }

  private String jwt() {
    return KeyFileJwt.sign(coffer.environment().keyFile(), Instant.now());
  }

  /** One that a case may take back without hurting the others. */
  private String anotherToken() {
    try (LockboxClient login = new LockboxClient(coffer.environment())) {
      return login.post("/iam/v1/tokens", "{\"jwt\":\"" + jwt() + "\"}").path("iamToken").asText();
    }
  }
}
