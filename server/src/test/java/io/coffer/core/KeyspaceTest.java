package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyspaceTest {
  private static boolean holds(Keyspace.Range range, Bytes key) {
    return range.from().compareTo(key) <= 0 && key.compareTo(range.to()) < 0;
  }

  @Test
  void partsDoNotRunTogether() {
    assertThat(Keyspace.version("ab", "c")).isNotEqualTo(Keyspace.version("a", "bc"));
    assertThat(holds(Keyspace.versions("a"), Keyspace.version("ab", "c"))).isFalse();
    assertThat(holds(Keyspace.versions("a"), Keyspace.version("a", "bc"))).isTrue();
    assertThat(holds(Keyspace.versions("a"), Keyspace.version("a", "\uffff"))).isTrue();
    assertThat(holds(Keyspace.secrets("f"), Keyspace.secret("g", ""))).isFalse();
  }

  @Test
  void laterOperationsOnASecretSortBeforeEarlierOnes() {
    assertThat(
            Stream.of(Long.MAX_VALUE, 2L, 1L, 0L)
                .map(time -> Keyspace.operationOn("s", time, "o"))
                .toList())
        .isSorted()
        .allMatch(key -> holds(Keyspace.operationsOn("s"), key));
  }

  @Test
  void aPartHoldsNoNul() {
    assertThatThrownBy(() -> Keyspace.home("a\0b")).isInstanceOf(AssertionError.class);
  }

  @Test
  void blocksSortByTheirNumbers() {
    assertThat(
            Stream.of(
                    new long[] {1, 1},
                    new long[] {1, 2},
                    new long[] {1, 16},
                    new long[] {1, Long.MAX_VALUE},
                    new long[] {2, 1},
                    new long[] {255, 1},
                    new long[] {256, 1})
                .map(place -> Keyspace.auditBlock(place[0], place[1]))
                .toList())
        .isSorted()
        .allMatch(key -> holds(Keyspace.auditTrail(), key));
    Bytes key = Keyspace.auditBlock(255, Long.MAX_VALUE);
    assertThat(Keyspace.chainOf(key)).isEqualTo(255);
    assertThat(Keyspace.sequenceOf(key)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRangeGoesOnAfterAKeyAndNotWithIt() {
    Bytes key = Keyspace.secret("f", "b");
    Keyspace.Range rest = Keyspace.secrets("f").after(key);
    assertThat(holds(rest, key)).isFalse();
    assertThat(holds(rest, Keyspace.secret("f", "ba"))).isTrue();
    assertThat(holds(rest, Keyspace.secret("f", "a"))).isFalse();
  }

  @Test
  void aPrefixOfAnIdIsARange() {
    Keyspace.Range range = Keyspace.secretsWithIdPrefix("f", "ab");
    for (String id : List.of("ab", "abc", "abz9")) {
      assertThat(holds(range, Keyspace.secret("f", id))).isTrue();
    }
    for (String id : List.of("a", "ac", "aa", "b")) {
      assertThat(holds(range, Keyspace.secret("f", id))).isFalse();
    }
  }

  @Test
  void whatIsDueSortsByItsTime() {
    assertThat(
            Stream.of(0L, 1L, 255L, 256L, Long.MAX_VALUE)
                .map(time -> Keyspace.due(time, "s", "v"))
                .toList())
        .isSorted()
        .allMatch(key -> holds(Keyspace.allDue(), key))
        .extracting(Keyspace::dueTime)
        .containsExactly(0L, 1L, 255L, 256L, Long.MAX_VALUE);
    assertThat(Keyspace.lastPartButOne(Keyspace.due(7, "s", "v"))).isEqualTo("s");
  }

  @Test
  void changesSortByTheirTimesAndSayWhereTheyBelong() {
    Instant first = Instant.parse("2030-01-01T00:00:00.000000009Z");
    Bytes earlier = Keyspace.change(first, "z", "z", "z", "z", "z");
    Bytes later = Keyspace.change(first.plusNanos(1), "", "folder", "a", "a", "");
    assertThat(List.of(earlier, later)).isSorted();
    assertThat(List.of(earlier, later))
        .allMatch(key -> holds(Keyspace.changes(), key))
        .allMatch(Keyspace::isChange);
    assertThat(Keyspace.timeOfChange(later)).isEqualTo(first.plusNanos(1));
    assertThat(Keyspace.folderOfChange(later)).isEqualTo("folder");
    assertThat(holds(Keyspace.changes(), Keyspace.changesFloor())).isFalse();
    assertThat(Keyspace.isChange(Keyspace.changesFloor())).isFalse();
  }

  @Test
  void theLastPartIsTheId() {
    assertThat(Keyspace.lastPart(Keyspace.secret("f", "idä"))).isEqualTo("idä");
    assertThat(Keyspace.lastPart(Keyspace.version("s", ""))).isEmpty();
  }
}
