package io.coffer.conformance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.cases.Altered;
import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cases.Mismatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The corpus of the secrets API, against the Docker door of a running Coffer. */
class DockerCasesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> TAGS_NOT_RUN =
      Set.of("pre142", "services", "swarm", "slow", "legacy");
  private static final Set<String> TAGS_THAT_MAY_DIFFER = Set.of("gohttp", "gomux");

  @AutoClose private static CofferProcess coffer;
  private static CaseRunner runner;

  @BeforeAll
  static void start() {
    coffer = CofferProcess.start();
    runner = new CaseRunner(coffer.environment().dockerSocket(), PATIENCE);
  }

  @TestFactory
  Stream<DynamicTest> answersAsTheCaseExpects() {
    Set<String> scope = Corpus.ids("/docker/ids-in-scope.txt");
    List<DockerCase> corpus = DockerCase.corpus();
    List<DockerCase> run =
        corpus.stream()
            .filter(each -> scope.contains(each.id()))
            .filter(each -> each.tags().stream().noneMatch(TAGS_NOT_RUN::contains))
            .toList();
    System.err.printf(
        "Docker cases: %d run, %d not run (tagged %s or out of scope)%n",
        run.size(), corpus.size() - run.size(), TAGS_NOT_RUN);
    return run.stream()
        .map(each -> DynamicTest.dynamicTest(each.id() + " " + each.title(), () -> check(each)));
  }

  /** The one slow case, run once: it takes 15 s, as long as engines look for a plugin. */
  @Test
  void aDriverThatIsNowhereIsLookedForAsLongAsEnginesDo() {
    List<DockerCase> drivers =
        DockerCase.corpus().stream().filter(each -> each.tags().contains("driver")).toList();
    assertThat(drivers).hasSize(1);

    long start = System.nanoTime();
    runner.run(drivers.getFirst());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(25));
  }

  private static void check(DockerCase one) {
    String reason = AcceptedDifferences.REASONS.get(one.id());
    if (reason == null) {
      runner.run(one);
      return;
    }
    if (holds(one)) {
      fail(one.id() + " is listed as a difference but does not differ");
    }
    System.err.println("Docker case " + one.id() + " differs: " + reason);
    abort(one.id() + " differs: " + reason);
  }

  @Test
  void onlyDetailsOfGoMayDiffer() {
    assertThat(DockerCase.corpus())
        .filteredOn(each -> AcceptedDifferences.REASONS.containsKey(each.id()))
        .hasSize(AcceptedDifferences.REASONS.size())
        .allSatisfy(each -> assertThat(each.tags()).containsAnyElementsOf(TAGS_THAT_MAY_DIFFER));
  }

  /** The runner looks: no case holds once its statuses were altered. */
  @Test
  void noCaseHoldsWithOtherStatuses() {
    Set<String> scope = Corpus.ids("/docker/ids-in-scope.txt");
    List<String> holding =
        Corpus.cases("/docker/cases.jsonl", line -> DockerCase.of(Altered.statuses(line))).stream()
            .filter(each -> scope.contains(each.id()))
            .filter(DockerCasesTest::holds)
            .map(DockerCase::id)
            .toList();

    assertThat(holding).isEmpty();
  }

  private static boolean holds(DockerCase one) {
    try {
      runner.run(one);
      return true;
    } catch (Mismatch _) {
      return false;
    }
  }
}
