package io.coffer.engine;

import io.coffer.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a body writes, kept until it is committed, over the view it reads; and what it read there,
 * so that somebody can tell later whether it would read the same again.
 */
final class Transaction implements WriteTx {
  private final Backend.Snapshot view;
  private final long revision;
  private final Overlay written = new Overlay();
  private final List<Bytes> notes = new ArrayList<>(1);
  private final List<Bytes> gets = new ArrayList<>();
  private final List<Range> scans = new ArrayList<>(0);
  private int bytes;
  private boolean ended;

  Transaction(Backend.Snapshot view) {
    this.view = view;
    this.revision = view.revision();
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public Optional<Row> get(Bytes key) {
    checkOpen();
    Limits.checkGet(key);
    if (!written.covers(key)) {
      gets.add(key);
    }
    return written.get(key, view);
  }

  @Override
  public List<Row> scan(Bytes from, Bytes to, int limit) {
    checkOpen();
    Limits.checkScan(from, to, limit);
    if (from.compareTo(to) >= 0) {
      return List.of();
    }
    List<Row> rows = written.scan(from, to, limit, view);
    boolean cut = rows.size() == limit;
    scans.add(new Range(from, cut ? Range.after(rows.getLast().key()) : to));
    return rows;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    checkOpen();
    Limits.checkPut(key, value);
    written.put(new Row(key, value, Row.UNCOMMITTED));
    bytes += key.length() + value.length();
  }

  @Override
  public void delete(Bytes key) {
    checkOpen();
    Limits.checkDelete(key);
    written.delete(key);
    bytes += key.length();
  }

  @Override
  public void note(Bytes note) {
    checkOpen();
    notes.add(note);
    bytes += note.length();
  }

  void end() {
    ended = true;
  }

  /** In the order of keys. */
  List<Backend.Write> writes() {
    return written.writes();
  }

  List<Bytes> notes() {
    return notes;
  }

  /** Keys read from the view, found or not. */
  List<Bytes> gets() {
    return gets;
  }

  /** Ranges read from the view; one cut by its limit ends with the last row returned. */
  List<Range> scans() {
    return scans;
  }

  /** True if there is nothing to make durable. */
  boolean isIdle() {
    return written.isEmpty() && notes.isEmpty();
  }

  /** What was written and noted, about. */
  int bytes() {
    return bytes;
  }

  private void checkOpen() {
    if (ended) {
      throw new AssertionError("transaction used after its body returned");
    }
  }
}
