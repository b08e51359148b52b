package io.coffer.audit;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditBlock;
import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.engine.EngineException;
import io.coffer.engine.Row;
import io.coffer.testing.Golden;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrailTest {
  private static final Bytes KEY = Bytes.utf8("o-test");
  private static final Event EVENT = Event.of(Action.GET_SECRET, Event.word("secret_id", "s"));
  private static final Problem DENIED = new Problem.Denied("lockbox.secret", "s");

  private final SimWorld world = SimWorld.committing(7);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  /** A change with its record, as a verb makes it. */
  private void see(String value) {
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(KEY, Bytes.utf8(value));
              world.witness().saw(tx, world.admin(), EVENT);
              return true;
            }));
  }

  private void refuse(Call call) {
    await(world.witness().refused(call, EVENT, DENIED));
  }

  private List<AuditBlock> blocks() {
    Keyspace.Range trail = Keyspace.auditTrail();
    return world
        .engine()
        .read(tx ->
            tx.scan(trail.from(), trail.to(), 10_000).stream()
                .map(row -> BlockCodec.decode(row.value()))
                .toList());
  }

  @Test
  void aRecordIsInTheCommitOfItsChange() {
    see("1");
    long revision = world.engine().read(tx -> tx.get(KEY).orElseThrow().revision());
    Keyspace.Range trail = Keyspace.auditTrail();
    Row block = world.engine().read(tx -> tx.scan(trail.from(), trail.to(), 10_000).getLast());

    assertThat(block.revision()).isEqualTo(revision);
  }

  @Test
  void aBodyThatThrowsLeavesNoRecord() {
    int before = world.records().size();
    assertThatThrownBy(() ->
            await(
                world
                    .engine()
                    .write(tx -> {
                      world.witness().saw(tx, world.admin(), EVENT);
                      throw new IllegalStateException("changed my mind");
                    })))
        .hasMessage("changed my mind");

    assertThat(world.records()).hasSize(before);
  }

  @Test
  void aCommitThatFailsLeavesTheChainWhole() {
    see("1");
    int before = world.records().size();
    world.failCommits(true);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> see("2")).isInstanceOf(EngineException.Unavailable.class);
    }
    world.failCommits(false);
    see("3");

    assertThat(world.records()).hasSize(before + 1);
    assertThat(blocks()).extracting(AuditBlock::getSequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aCheckpointThatWasNotCommittedIsMadeUpFor() {
    world.advance(Duration.ofMinutes(2));
    world.failCommits(true);
    assertThatThrownBy(() -> see("1")).isInstanceOf(EngineException.Unavailable.class);
    world.failCommits(false);
    see("2");

    assertThat(blocks().getLast().getSignature().isEmpty()).isFalse();
  }

  @Test
  void aStartBeginsAChainThatFollowsTheLastOne() {
    see("1");
    see("2");
    world.restart();
    see("3");
    see("4");
    world.restart();
    world.restart(); // One that nothing happened in leaves no chain.
    see("5");

    List<AuditBlock> blocks = blocks();
    assertThat(blocks).extracting(AuditBlock::getChain).containsExactly(1L, 1L, 1L, 2L, 2L, 3L);
    assertThat(blocks).extracting(AuditBlock::getSequence).containsExactly(1L, 2L, 3L, 1L, 2L, 1L);
    assertThat(blocks.get(3).getFollowsChain()).isEqualTo(1);
    assertThat(blocks.get(3).getFollowsSequence()).isEqualTo(3);
    assertThat(blocks.get(5).getFollowsChain()).isEqualTo(2);
    assertThat(blocks.get(5).getFollowsSequence()).isEqualTo(2);
    assertThat(world.inspect()).isEqualTo(new Inspection.Finding.Sound(3, 6, 6, 0));
  }

  @Test
  void theLastBlockIsFoundHoweverLongTheChain() {
    for (int length = 1; length <= 40; length++) {
      see("x");
      world.restart();
      see("y");
      assertThat(blocks().getLast().getFollowsSequence())
          .isEqualTo(blocks().get(blocks().size() - 2).getSequence());
      for (int i = 0; i < length; i++) {
        see("z");
      }
    }
  }

  @Test
  void theFirstBlockAndOneAMinuteAreCheckpoints() {
    // The first block of this chain was the founding.
    assertThat(signed()).containsExactly(true);
    world.advance(Duration.ofMinutes(1));
    see("1");
    world.advance(Duration.ofNanos(1));
    see("2");
    see("3");
    world.advance(Duration.ofSeconds(59));
    see("4");
    world.advance(Duration.ofSeconds(2));
    see("5");

    assertThat(signed()).containsExactly(true, false, true, false, false, true);
  }

  @Test
  void aClockThatJumpsBackDoesNotPutOffACheckpoint() {
    see("1");
    world.advance(Duration.ofDays(-1));
    see("2");
    see("3");

    assertThat(signed()).containsExactly(true, false, true, false);
  }

  @Test
  void tenThousandRecordsAreSignedWhateverTheTime() {
    for (int i = 0; i < 10; i++) {
      notes(999);
    }
    assertThat(signed())
        .containsExactly(
            true, false, false, false, false, false, false, false, false, false, false);
    notes(9);
    notes(1);
    notes(1);

    assertThat(signed().subList(11, 14)).containsExactly(false, true, false);
    assertThat(world.inspect()).isEqualTo(new Inspection.Finding.Sound(1, 14, 10_002, 1));
  }

  private void notes(int count) {
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 0; i < count; i++) {
                world.witness().saw(tx, world.admin(), EVENT);
              }
              return true;
            }));
  }

  private List<Boolean> signed() {
    return blocks().stream().map(block -> !block.getSignature().isEmpty()).toList();
  }

  @Test
  void tenRefusalsOfACallerASecondAreWrittenAndTheRestCounted() {
    int before = world.records().size();
    Call call = world.believed("ajenoisy");
    for (int i = 0; i < 25; i++) {
      refuse(call);
    }
    refuse(world.believed("ajequiet"));
    List<AuditRecord> first = world.records();
    assertThat(first).hasSize(before + 11);
    assertThat(first).allSatisfy(record -> assertThat(record.getLeftOut()).isZero());

    world.advance(Duration.ofSeconds(1));
    refuse(world.believed("ajenoisy"));
    refuse(world.believed("ajenoisy"));
    List<AuditRecord> then = world.records();
    assertThat(then).hasSize(before + 13);
    assertThat(then.get(before + 11).getLeftOut()).isEqualTo(15);
    assertThat(then.get(before + 12).getLeftOut()).isZero();
  }

  @Test
  void refusalsThatCouldNotBeWrittenAreStillOwed() {
    Call call = world.believed("ajenoisy");
    for (int i = 0; i < 12; i++) {
      refuse(call);
    }
    world.advance(Duration.ofSeconds(1));
    world.failCommits(true);
    assertThatThrownBy(() -> refuse(world.believed("ajenoisy")))
        .isInstanceOf(EngineException.Unavailable.class);
    world.failCommits(false);
    refuse(world.believed("ajenoisy"));

    assertThat(world.records().getLast().getLeftOut()).isEqualTo(2);
  }

  @Test
  void whoWasNotBelievedSharesWithHisAddress() {
    Call here = world.nobody();
    Call elsewhere = new Call(Caller.nobody(), Call.Door.LOCKBOX, world.now(), "", "::1", "");
    for (int i = 0; i < 12; i++) {
      refuse(here);
    }
    int before = world.records().size();
    refuse(here);
    refuse(elsewhere);

    assertThat(world.records()).hasSize(before + 1);
    assertThat(world.records().getLast().getRemoteAddress()).isEqualTo("::1");
  }

  @Test
  void theNamesOfEventsAreThoseOfTheirDoor() {
    List<String> types = new ArrayList<>();
    for (Call.Door door : Call.Door.values()) {
      refuse(world.call(world.admin().caller(), door));
      types.add(world.records().getLast().getEventType());
    }
    assertThat(types)
        .containsExactly(
            "yandex.cloud.audit.lockbox.GetSecret",
            "io.coffer.audit.docker.GetSecret",
            "io.coffer.audit.server.GetSecret");
  }

  @Test
  void aRecordIsALineOfJson() {
    Event event =
        Event.in(
            world.folder().path(),
            Action.GET_PAYLOAD,
            Event.word("secret_name", "\"quoted\"\n"),
            Event.words("keys", List.of("a", "b")));
    await(
        world
            .engine()
            .write(tx -> {
              world.witness().saw(tx, first(world.admin()), event);
              return true;
            }));
    for (int i = 0; i < 11; i++) {
      refuse(first(world.nobody()));
    }
    world.advance(Duration.ofMillis(1500));
    refuse(first(world.nobody()));

    List<AuditRecord> records = world.records();
    assertThat(AuditJson.line(records.get(1)) + "\n" + AuditJson.line(records.getLast()))
        .isEqualTo(Golden.text("audit/lines.jsonl"));
  }

  /** The call under the id that was written down once. */
  private static Call first(Call call) {
    return new Call(
        call.caller(), call.door(), call.at(), "req-1", call.remoteAddress(), call.userAgent());
  }
}
