package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.secret.PayloadEntry;
import io.coffer.testing.Drafts;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockboxReadTest {
  private static final List<PayloadEntryChange> TWO =
      List.of(
          PayloadEntryChange.newBuilder().setKey("a").build(),
          PayloadEntryChange.newBuilder().setKey("b").build());

  private final List<PayloadEntry> read = new ArrayList<>();

  private PayloadEntry read(PayloadEntryChange change) {
    PayloadEntry entry = Drafts.text(change.getKey(), "v");
    read.add(entry);
    return entry;
  }

  private void assertWiped(int count) {
    assertThat(read).hasSize(count);
    for (PayloadEntry entry : read) {
      assertThatThrownBy(() -> Drafts.text(entry)).hasMessage("secret bytes used after close");
    }
  }

  @Test
  void whatWasReadIsWipedIfALaterEntryIsRefused() {
    assertThatThrownBy(() ->
            LockboxRead.command(
                TWO,
                change -> {
                  if (change.getKey().equals("b")) {
                    throw new IllegalStateException("refused");
                  }
                  return read(change);
                },
                PayloadEntry::close,
                List::copyOf))
        .hasMessage("refused");
    assertWiped(1);
  }

  @Test
  void whatWasReadIsWipedIfTheCommandIsRefused() {
    assertThatThrownBy(() ->
            LockboxRead.command(
                TWO,
                this::read,
                PayloadEntry::close,
                entries -> {
                  throw new IllegalStateException("refused with " + entries.size());
                }))
        .hasMessage("refused with 2");
    assertWiped(2);
  }

  @Test
  void whatIsNotRefusedStaysOpen() {
    List<PayloadEntry> entries =
        LockboxRead.command(TWO, this::read, PayloadEntry::close, List::copyOf);
    assertThat(entries).extracting(Drafts::text).containsExactly("v", "v");
  }
}
