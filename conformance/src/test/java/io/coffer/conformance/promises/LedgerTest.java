package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger looks: it believes no two things that exclude each other. */
class LedgerTest {
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void create() {
    ledger.created("a", new Ledger.Created("name", "first", "value"));
  }

  @Test
  void anIdIsGivenOnceAndTakenOnce() {
    assertRefused(() -> ledger.created("a", new Ledger.Created("other", "l", "v")));
    ledger.removed("a");
    assertRefused(() -> ledger.removed("a"));
  }

  @Test
  void aVersionIsUpdatedOnceAndTheLastOneCounts() {
    ledger.updated("a", 7, "third");
    ledger.updated("a", 3, "second");

    assertThat(ledger.labels()).containsOnly(Map.entry("a", "third"));
    assertRefused(() -> ledger.updated("a", 7, "fourth"));
  }

  @Test
  void anIndexBelongsToOneSecret() {
    ledger.seen("a", 5);
    ledger.seen("a", 5);

    assertRefused(() -> ledger.seen("b", 5));
  }

  @Test
  void aVersionHasOneValueAndItIsOneThatWasWritten() {
    ledger.value("a", "v1", "value");
    ledger.writes("a", "next");

    assertRefused(() -> ledger.value("a", "v1", "next"));
    assertRefused(() -> ledger.value("a", "v2", "made up"));
    ledger.value("a", "v2", "next");
  }

  @Test
  void whatWasMissedMustHaveBeenRemoved() {
    ledger.missed("a");
    assertRefused(ledger::labels);

    ledger.removed("a");
    assertThat(ledger.labels()).isEmpty();
  }

  @Test
  void nobodyRemovesWhatNobodyMade() {
    ledger.removed("b");

    assertRefused(ledger::labels);
  }

  private static void assertRefused(Runnable claim) {
    assertThatThrownBy(claim::run).isInstanceOf(AssertionError.class);
  }
}
