package io.coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditBlock;
import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockCodecTest {
  private static Bytes block() {
    Call call =
        new Call(
            new Caller(
                new Subject(Subject.Type.SERVICE_ACCOUNT, "ajeone"), "admin", Caller.Via.IAM_TOKEN),
            Call.Door.LOCKBOX,
            Instant.parse("2030-01-01T00:00:00Z"),
            "req-1",
            "192.0.2.7",
            "test/1");
    Event event =
        Event.in(
            List.of(new Event.Place("resource-manager.folder", "b1gone", "default")),
            Action.GET_PAYLOAD,
            Event.word("secret_id", "e6qone"),
            Event.words("keys", List.of("a", "b")));
    return BlockCodec.encode(
        2,
        1,
        Bytes.ofHex("00".repeat(32)),
        new Head(1, 7, Bytes.EMPTY),
        List.of(RecordCodec.done(call, event)));
  }

  @Test
  void yesterdaysBlockIsReadAndWrittenAsItWas() {
    Bytes signed = BlockCodec.signed(block(), Bytes.ofHex("ab".repeat(64)));
    assertThat(signed.hex()).isEqualTo(Golden.text("audit/block.hex"));

    AuditBlock read = BlockCodec.decode(Golden.bytes("audit/block.hex"));
    assertThat(read.getChain()).isEqualTo(2);
    assertThat(read.getSequence()).isEqualTo(1);
    assertThat(read.getFollowsChain()).isEqualTo(1);
    assertThat(read.getFollowsSequence()).isEqualTo(7);
    assertThat(read.getRecordsList()).hasSize(1);
    assertThat(read.getRecords(0).getEventType())
        .isEqualTo("yandex.cloud.audit.lockbox.GetPayload");
    assertThat(BlockCodec.previous(read)).isEqualTo(Bytes.ofHex("00".repeat(32)));
    assertThat(BlockCodec.signature(read)).isEqualTo(Bytes.ofHex("ab".repeat(64)));
  }

  @Test
  void aBlockWithoutItsSignatureIsABeginningOfIt() {
    Bytes signed = BlockCodec.signed(block(), Bytes.ofHex("ab".repeat(64)));
    assertThat(BlockCodec.unsigned(signed)).isEqualTo(block());
  }

  @Test
  void whatIsNoBlockIsCorrupt() {
    assertThatThrownBy(() -> BlockCodec.decode(Bytes.ofHex("ffffff")))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
