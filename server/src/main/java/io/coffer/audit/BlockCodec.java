package io.coffer.audit;

import coffer.stored.AuditBlock;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import java.io.IOException;
import java.util.List;

/**
 * Blocks, as stored: an {@code AuditBlock} with its fields in this order, the signature, if any, at
 * the end. So a block without its signature is a beginning of it, and that is what is signed.
 */
final class BlockCodec {
  private static final int SIGNATURE_LENGTH = 64;

  private BlockCodec() {}

  /** Records are encoded already and go in as they are. */
  static Bytes encode(
      long chain, long sequence, Bytes previous, Head follows, List<Bytes> records) {
    int size = 128;
    for (Bytes record : records) {
      size += record.length() + 10;
    }
    byte[] block = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    try {
      out.writeInt64(AuditBlock.CHAIN_FIELD_NUMBER, chain);
      out.writeInt64(AuditBlock.SEQUENCE_FIELD_NUMBER, sequence);
      out.writeByteArray(AuditBlock.PREVIOUS_FIELD_NUMBER, previous.shared());
      for (Bytes record : records) {
        out.writeByteArray(AuditBlock.RECORDS_FIELD_NUMBER, record.shared());
      }
      out.writeInt64(AuditBlock.FOLLOWS_CHAIN_FIELD_NUMBER, follows.chain());
      out.writeInt64(AuditBlock.FOLLOWS_SEQUENCE_FIELD_NUMBER, follows.sequence());
    } catch (IOException e) {
      throw new AssertionError("an array too small for a block", e);
    }
    return Bytes.takeOver(java.util.Arrays.copyOf(block, out.getTotalBytesWritten()));
  }

  static Bytes signed(Bytes block, Bytes signature) {
    byte[] field =
        AuditBlock.newBuilder()
            .setSignature(UnsafeByteOperations.unsafeWrap(signature.shared()))
            .build()
            .toByteArray();
    return block.plus(Bytes.takeOver(field));
  }

  static AuditBlock decode(Bytes value) {
    try {
      return AuditBlock.parseFrom(value.shared());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("an audit block does not decode", e);
    }
  }

  static Bytes previous(AuditBlock block) {
    return Bytes.takeOver(block.getPrevious().toByteArray());
  }

  static Bytes signature(AuditBlock block) {
    return Bytes.takeOver(block.getSignature().toByteArray());
  }

  /** What the signature at the end of {@code block} was made over. */
  static Bytes unsigned(Bytes block) {
    return block.slice(0, block.length() - SIGNATURE_LENGTH - 2);
  }
}
