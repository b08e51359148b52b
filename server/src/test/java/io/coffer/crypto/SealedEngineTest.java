package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import io.coffer.engine.Change;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SealedEngineTest {
  private static final Bytes HERE = Bytes.utf8("s/here");
  private static final Bytes THERE = Bytes.utf8("s/there");
  private static final Bytes VALUE = Bytes.utf8("correct horse battery staple");
  private static final Bytes END = Bytes.ofHex("ff");

  private final Keyring keyring = Keyring.fresh(new SeededEntropy(1), Instant.EPOCH);
  private final TestEngine untrusted = new TestEngine(new SealedTail(new JoiningTail(), keyring));
  private final Engine sealed = new SealedEngine(untrusted, keyring);

  private static void write(Engine engine, Consumer<WriteTx> body) {
    engine
        .write(tx -> {
          body.accept(tx);
          return tx;
        })
        .toCompletableFuture()
        .join();
  }

  private static Optional<Bytes> valueAt(Engine engine, Bytes key) {
    return engine.read(tx -> tx.get(key)).map(Row::value);
  }

  private List<Row> scan(Bytes from, Bytes to, int limit) {
    return sealed.read(tx -> tx.scan(from, to, limit));
  }

  private Bytes sealedAt(Bytes key) {
    return valueAt(untrusted, key).orElseThrow();
  }

  @Test
  void whatIsPutIsReadBack() {
    write(sealed, tx -> tx.put(HERE, VALUE));

    Row row = sealed.read(tx -> tx.get(HERE)).orElseThrow();
    assertThat(row).isEqualTo(new Row(HERE, VALUE, 1));
    assertThat(sealed.<Long>read(ReadTx::revision)).isEqualTo(1);
    assertThat(valueAt(sealed, THERE)).isEmpty();
  }

  @Test
  void aTransactionReadsWhatItWrote() {
    write(
        sealed,
        tx -> {
          tx.put(HERE, VALUE);
          assertThat(tx.get(HERE)).contains(new Row(HERE, VALUE, Row.UNCOMMITTED));
          assertThat(tx.scan(Bytes.EMPTY, END, 10)).hasSize(1);
          tx.delete(HERE);
          assertThat(tx.get(HERE)).isEmpty();
        });

    assertThat(untrusted.rows()).isEmpty();
  }

  @Test
  void theUntrustedEngineNeverSeesAClearValue() {
    write(
        sealed,
        tx -> {
          tx.put(HERE, VALUE);
          tx.put(THERE, VALUE);
          tx.note(VALUE);
        });

    assertThat(untrusted.rows()).hasSize(3);
    assertThat(untrusted.rows())
        .allSatisfy(row -> {
          assertThat(row.value().hex()).startsWith("0100000001");
          for (int from = 0; from + 4 <= VALUE.length(); from++) {
            assertThat(row.value().hex()).doesNotContain(VALUE.slice(from, from + 4).hex());
          }
        });
    assertThat(sealedAt(HERE)).isNotEqualTo(sealedAt(THERE));
  }

  @Test
  void anEmptyValueIsNotSeenToBeEmpty() {
    write(sealed, tx -> tx.put(HERE, Bytes.EMPTY));

    assertThat(sealedAt(HERE).length()).isEqualTo(45);
    assertThat(valueAt(sealed, HERE)).contains(Bytes.EMPTY);
  }

  @Test
  void aValueMovedToAnotherKeyDoesNotOpen() {
    write(sealed, tx -> tx.put(HERE, VALUE));
    untrusted.overwrite(THERE, sealedAt(HERE));

    assertThatThrownBy(() -> valueAt(sealed, THERE)).isInstanceOf(TamperedException.class);
    assertThat(valueAt(sealed, HERE)).contains(VALUE);
  }

  @Test
  void noBitOfAValueMayChange() {
    write(sealed, tx -> tx.put(HERE, VALUE));

    assertThat(Flipped.everyBitOf(sealedAt(HERE)))
        .allSatisfy(changed -> {
          untrusted.overwrite(HERE, changed);
          assertThatThrownBy(() -> valueAt(sealed, HERE)).isInstanceOf(TamperedException.class);
        });
  }

  @Test
  void aClearValueSlippedInDoesNotOpen() {
    untrusted.overwrite(HERE, VALUE);
    untrusted.overwrite(THERE, Bytes.EMPTY);

    assertThatThrownBy(() -> valueAt(sealed, HERE)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> valueAt(sealed, THERE)).isInstanceOf(TamperedException.class);
  }

  @Test
  void aWrappedDataKeyIsNoRow() {
    try (DataKey key = new DataKeys(keyring, new SeededEntropy(2)).fresh(HERE)) {
      untrusted.overwrite(HERE, key.wrapped());
    }

    assertThatThrownBy(() -> valueAt(sealed, HERE)).isInstanceOf(TamperedException.class);
  }

  @Test
  void aStoreOfAnotherKeyringDoesNotOpen() {
    write(sealed, tx -> tx.put(HERE, VALUE));
    Engine other = new SealedEngine(untrusted, Keyring.fresh(new SeededEntropy(2), Instant.EPOCH));

    assertThatThrownBy(() -> valueAt(other, HERE)).isInstanceOf(TamperedException.class);
  }

  @Test
  void aScanOpensTheRowsThatAreAskedFor() {
    write(
        sealed,
        tx -> {
          for (int i = 0; i < 5; i++) {
            tx.put(Bytes.utf8("s/" + i), Bytes.utf8("value " + i));
          }
        });
    untrusted.overwrite(Bytes.utf8("s/4"), VALUE);

    List<Row> rows = sealed.read(tx -> tx.scan(Bytes.utf8("s/1"), END, 4));

    assertThat(rows).hasSize(4);
    assertThat(rows.subList(0, 3))
        .extracting(Row::value)
        .containsExactly(Bytes.utf8("value 1"), Bytes.utf8("value 2"), Bytes.utf8("value 3"));
    assertThat(rows.get(0)).isSameAs(rows.get(0));
    assertThatThrownBy(rows::getLast).isInstanceOf(TamperedException.class);
  }

  @Test
  void theHeaderIsNotThereToReadOrWrite() {
    untrusted.overwrite(SealedEngine.HEADER_KEY, VALUE);

    assertThatThrownBy(() -> valueAt(sealed, SealedEngine.HEADER_KEY))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> write(sealed, tx -> tx.put(SealedEngine.HEADER_KEY, VALUE)))
        .hasRootCauseInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> write(sealed, tx -> tx.delete(SealedEngine.HEADER_KEY)))
        .hasRootCauseInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> write(sealed, tx -> tx.get(SealedEngine.HEADER_KEY)))
        .hasRootCauseInstanceOf(AssertionError.class);
    assertThat(sealedAt(SealedEngine.HEADER_KEY)).isEqualTo(VALUE);
  }

  @Test
  void aScanPassesOverTheHeader() {
    untrusted.overwrite(SealedEngine.HEADER_KEY, VALUE);
    List<Bytes> keys =
        List.of(
            Bytes.utf8("a"),
            Bytes.utf8("z/heade"),
            SealedEngine.HEADER_KEY.plus(Bytes.ofHex("00")),
            Bytes.utf8("z/headers"),
            Bytes.utf8("zz"));
    write(sealed, tx -> keys.forEach(key -> tx.put(key, VALUE)));

    for (int limit = 1; limit <= 6; limit++) {
      int most = limit;
      assertThat(scan(Bytes.EMPTY, END, most))
          .extracting(Row::key)
          .isEqualTo(keys.subList(0, Math.min(most, keys.size())));
    }
    assertThat(scan(SealedEngine.HEADER_KEY, Bytes.utf8("zz"), 9))
        .extracting(Row::key)
        .isEqualTo(keys.subList(2, 4));
    assertThat(scan(Bytes.EMPTY, SealedEngine.HEADER_KEY, 9))
        .extracting(Row::key)
        .isEqualTo(keys.subList(0, 2));
    assertThat(scan(keys.get(2), END, 9)).extracting(Row::key).isEqualTo(keys.subList(2, 5));
  }

  @Test
  void whatTheTailAddsIsSealedToItsPlace() {
    write(
        sealed,
        tx -> {
          tx.note(Bytes.utf8("one "));
          tx.note(Bytes.utf8("two"));
        });

    assertThat(valueAt(sealed, JoiningTail.KEY)).contains(Bytes.utf8("one two"));
    untrusted.overwrite(HERE, sealedAt(JoiningTail.KEY));
    assertThatThrownBy(() -> valueAt(sealed, HERE)).isInstanceOf(TamperedException.class);
  }

  @Test
  void theTailLearnsWhatBecameOfItsRows() {
    JoiningTail inner = new JoiningTail();
    SealedTail tail = new SealedTail(inner, keyring);

    tail.settle(true);
    tail.settle(false);

    assertThat(inner.settled).containsExactly(true, false);
  }

  @Test
  void aTailMayNotWriteTheHeader() {
    BatchTail careless =
        new BatchTail() {
          @Override
          public List<Put> close(List<Bytes> notes) {
            return List.of(new Put(SealedEngine.HEADER_KEY, VALUE));
          }

          @Override
          public void settle(boolean committed) {}
        };

    assertThatThrownBy(() -> new SealedTail(careless, keyring).close(List.of(VALUE)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void changesPassThrough() throws Exception {
    List<Change> heard = new ArrayList<>();
    try (AutoCloseable listening = sealed.listen(heard::add)) {
      assertThat(listening).isNotNull();
      write(sealed, tx -> tx.put(HERE, VALUE));
    }
    write(sealed, tx -> tx.put(THERE, VALUE));

    assertThat(heard).containsExactly(new Change(1, List.of(HERE)));
  }

  /** One row of all notes. */
  private static final class JoiningTail implements BatchTail {
    static final Bytes KEY = Bytes.utf8("a/1");

    private final List<Boolean> settled = new ArrayList<>();

    @Override
    public List<Put> close(List<Bytes> notes) {
      return List.of(new Put(KEY, notes.stream().reduce(Bytes.EMPTY, Bytes::plus)));
    }

    @Override
    public void settle(boolean committed) {
      settled.add(committed);
    }
  }
}
