package io.coffer.api.rpc;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import io.coffer.Problem;
import java.nio.ByteBuffer;

/**
 * A message as gRPC sends it: a byte that is 0 unless it is compressed, its length in four, and
 * itself.
 */
final class GrpcFrame {
  private static final int PREFIX = 5;

  private GrpcFrame() {}

  static HttpData of(Message message) {
    byte[] body = message.toByteArray();
    return HttpData.wrap(
        ByteBuffer.allocate(PREFIX + body.length)
            .put((byte) 0)
            .putInt(body.length)
            .put(body)
            .array());
  }

  /**
   * The message of a body that is one frame.
   *
   * @throws io.coffer.CofferException with {@link Problem.Unsupported} if it is compressed, {@link
   *     Problem.Invalid} if the body is anything but one frame
   */
  static ByteBuffer only(byte[] body) {
    ByteBuffer frame = ByteBuffer.wrap(body);
    if (frame.remaining() < PREFIX) {
      throw notOne();
    }
    byte compressed = frame.get();
    if (compressed == 1) {
      throw new Problem.Unsupported("a compressed message").asException();
    }
    if (compressed != 0 || frame.getInt() != frame.remaining()) {
      throw notOne();
    }
    return frame;
  }

  private static RuntimeException notOne() {
    return new Problem.Invalid("message", "must be one whole message and nothing else")
        .asException();
  }
}
