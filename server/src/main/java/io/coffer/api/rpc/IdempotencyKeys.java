package io.coffer.api.rpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Once;
import io.coffer.wire.operation.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes of a client's idempotency key what the verbs need to do a change once. */
public final class IdempotencyKeys {
  /** As a header of REST and as metadata of gRPC. */
  static final String HEADER = "idempotency-key";

  static final int KEY_MAX = 128;
  private static final String CHANGE = Operation.getDescriptor().getFullName();

  private final UnaryOperator<Bytes> hmac;
  private final Duration kept;

  /**
   * @param hmac under a key of the store's
   * @param kept how long a key is known
   */
  public IdempotencyKeys(UnaryOperator<Bytes> hmac, Duration kept) {
    this.hmac = hmac;
    this.kept = kept;
  }

  /**
   * Absent without a key, and for what changes nothing.
   *
   * @param header as the client sent it
   */
  Optional<Once> of(Rpc<?, ?> rpc, Call believed, @Nullable String header, Message request) {
    if (header == null || header.isEmpty() || !isChange(rpc)) {
      return Optional.empty();
    }
    if (header.length() > KEY_MAX) {
      throw new Problem.Violated(HEADER, "length", "<=" + KEY_MAX).asException();
    }
    if (!header.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new Problem.Invalid(HEADER, "must be printable ASCII characters").asException();
    }
    String key =
        String.join(
            "\0",
            "idempotency key",
            believed.caller().subject().type().name(),
            believed.caller().subject().id(),
            rpc.method().getFullMethodName(),
            header);
    return Optional.of(
        new Once(hmac.apply(Bytes.utf8(key)), digest(request), believed.at().plus(kept)));
  }

  /** Changes answer with operations; those that only look at operations change nothing. */
  private static boolean isChange(Rpc<?, ?> rpc) {
    return Rpc.prototype(rpc.method().getResponseMarshaller())
            .getDescriptorForType()
            .getFullName()
            .equals(CHANGE)
        && !"yandex.cloud.operation.OperationService".equals(rpc.method().getServiceName());
  }

  private Bytes digest(Message request) {
    Bytes purpose = Bytes.utf8("idempotent request\0");
    byte[] bytes = new byte[purpose.length() + request.getSerializedSize()];
    System.arraycopy(purpose.shared(), 0, bytes, 0, purpose.length());
    CodedOutputStream out =
        CodedOutputStream.newInstance(bytes, purpose.length(), request.getSerializedSize());
    // Maps have no order of their own, and the same request must give the same bytes.
    out.useDeterministicSerialization();
    try {
      request.writeTo(out);
      return hmac.apply(Bytes.takeOver(bytes));
    } catch (IOException e) {
      throw new AssertionError("a message is longer than it says", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
