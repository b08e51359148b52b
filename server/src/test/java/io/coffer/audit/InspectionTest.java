package io.coffer.audit;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an attacker may do to the trail, and which block tells of it. */
final class InspectionTest {
  private final SimWorld world = SimWorld.of(7);

  /** Two chains: five blocks, the first one of the founding, and then three. */
  @BeforeEach
  void leaveATrail() {
    see(4);
    world.restart();
    see(3);
    assertThat(world.inspect()).isEqualTo(new Inspection.Finding.Sound(2, 8, 8, 2));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void see(int blocks) {
    for (int i = 0; i < blocks; i++) {
      String id = "e6q" + i;
      await(
          world
              .engine()
              .write(tx -> {
                world
                    .witness()
                    .saw(
                        tx,
                        world.admin(),
                        Event.of(Action.GET_SECRET, Event.word("secret_id", id)));
                return true;
              }));
    }
  }

  private static void write(Engine engine, Consumer<WriteTx> body) {
    await(
        engine.write(tx -> {
          body.accept(tx);
          return true;
        }));
  }

  private static Bytes read(Engine engine, long chain, long sequence) {
    return engine.read(tx -> tx.get(Keyspace.auditBlock(chain, sequence)).orElseThrow().value());
  }

  private void remove(long chain, long sequence) {
    write(world.untrusted(), tx -> tx.delete(Keyspace.auditBlock(chain, sequence)));
  }

  private void put(Engine engine, long chain, long sequence, Bytes value) {
    write(engine, tx -> tx.put(Keyspace.auditBlock(chain, sequence), value));
  }

  private void assertBroken(long chain, long sequence, String reason) {
    List<AuditRecord> read = new ArrayList<>();
    Inspection.Finding finding =
        world.engine().read(tx -> Inspection.walk(tx, world.keyring(), read::add));

    assertThat(finding)
        .isInstanceOfSatisfying(
            Inspection.Finding.Broken.class,
            broken -> {
              assertThat(broken.chain()).isEqualTo(chain);
              assertThat(broken.sequence()).isEqualTo(sequence);
              assertThat(broken.reason()).contains(reason);
            });
    // What stands before it is still told.
    assertThat(read.size()).isLessThan(8);
  }

  @Test
  void aBlockChangedBelowTheBarrierIsNamedWhereverItIs() {
    for (int[] place : new int[][] {{1, 1}, {1, 3}, {1, 5}, {2, 1}, {2, 2}, {2, 3}}) {
      Bytes sound = read(world.untrusted(), place[0], place[1]);
      byte[] changed = sound.toByteArray();
      changed[changed.length / 2] ^= 1;
      put(world.untrusted(), place[0], place[1], Bytes.takeOver(changed));

      assertBroken(place[0], place[1], "does not open");
      put(world.untrusted(), place[0], place[1], sound);
    }
    assertThat(world.inspect()).isInstanceOf(Inspection.Finding.Sound.class);
  }

  @Test
  void aBlockRewrittenByWhoHasTheKeysBreaksTheNextOne() {
    Bytes block = read(world.engine(), 1, 3);
    byte[] changed = block.toByteArray();
    String text = new String(changed, java.nio.charset.StandardCharsets.ISO_8859_1);
    changed[text.indexOf("e6q")] = 'X';
    put(world.engine(), 1, 3, Bytes.takeOver(changed));

    assertBroken(1, 4, "names another block as the one before");
  }

  @Test
  void aBlockRemovedFromTheMiddleIsMissed() {
    remove(1, 3);
    assertBroken(1, 4, "does not follow block 2");
  }

  @Test
  void theFirstBlockOfAChainIsMissed() {
    remove(2, 1);
    assertBroken(2, 2, "is not the first of its chain");
    remove(1, 1);
    assertBroken(1, 2, "is not the first of its chain");
  }

  @Test
  void theLastBlockOfAnEarlierChainIsMissedByTheNextChain() {
    remove(1, 5);
    assertBroken(2, 1, "follows block 5 of chain 1, which is not its last");
  }

  @Test
  void aWholeChainIsMissedByTheNextOne() {
    for (int i = 1; i <= 5; i++) {
      remove(1, i);
    }
    assertBroken(2, 1, "follows block 5 of chain 1, which is not its last");
  }

  @Test
  void aChainInTheMiddleIsMissed() {
    world.restart();
    see(1);
    for (int i = 1; i <= 3; i++) {
      remove(2, i);
    }
    assertBroken(3, 1, "follows block 3 of chain 2, which is not its last");
  }

  @Test
  void blocksThatChangedPlacesBelowTheBarrierDoNotOpen() {
    Bytes one = read(world.untrusted(), 1, 2);
    put(world.untrusted(), 1, 2, read(world.untrusted(), 1, 3));
    put(world.untrusted(), 1, 3, one);

    assertBroken(1, 2, "does not open");
  }

  @Test
  void blocksThatChangedPlacesThroughTheBarrierAreNotInTheirPlace() {
    Bytes one = read(world.engine(), 1, 2);
    put(world.engine(), 1, 2, read(world.engine(), 1, 3));
    put(world.engine(), 1, 3, one);

    assertBroken(1, 2, "is not the block of its place");
  }

  @Test
  void aForgedSignatureIsNotOurs() {
    Bytes block = read(world.engine(), 2, 3);
    for (int length : new int[] {1, 63, 64, 65, 300}) {
      Bytes signature = Bytes.takeOver(new byte[length]);
      put(world.engine(), 2, 3, BlockCodec.signed(block, signature));

      assertBroken(2, 3, "has a signature that is not ours");
    }
  }

  @Test
  void aSignatureOfAnotherBlockIsNotOurs() {
    Bytes signature = BlockCodec.signature(BlockCodec.decode(read(world.engine(), 1, 1)));
    put(world.engine(), 2, 3, BlockCodec.signed(read(world.engine(), 2, 3), signature));

    assertBroken(2, 3, "has a signature that is not ours");
  }

  @Test
  void whatIsNoBlockIsNamed() {
    put(world.engine(), 1, 4, Bytes.utf8("\u00ff\u00ff\u00ff"));
    assertBroken(1, 4, "does not open");
    put(world.engine(), 1, 4, Bytes.EMPTY);
    assertBroken(1, 4, "is not the block of its place");
  }
}
