package io.coffer.api.rpc;

import com.google.protobuf.Message;
import io.coffer.core.Call;
import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletionStage;

/**
 * A method and what answers it.
 *
 * @param open whether it is answered without a credential
 */
public record Rpc<Q extends Message, A extends Message>(
    MethodDescriptor<Q, A> method, boolean open, Handler<Q, A> handler) {
  /** For callers whose credential was believed. */
  public static <Q extends Message, A extends Message> Rpc<Q, A> of(
      MethodDescriptor<Q, A> method, Handler<Q, A> handler) {
    return new Rpc<>(method, false, handler);
  }

  /** For anybody: logins, discovery. */
  public static <Q extends Message, A extends Message> Rpc<Q, A> open(
      MethodDescriptor<Q, A> method, Handler<Q, A> handler) {
    return new Rpc<>(method, true, handler);
  }

  /** The empty message of a method's side. */
  @SuppressWarnings("unchecked") // protoc-gen-grpc-java makes no other marshallers.
  static <M extends Message> M prototype(MethodDescriptor.Marshaller<M> marshaller) {
    M prototype = ((MethodDescriptor.PrototypeMarshaller<M>) marshaller).getMessagePrototype();
    if (prototype == null) {
      throw new AssertionError("a method without a message");
    }
    return prototype;
  }

  /** Reads the request, calls a verb, renders. May throw what the stage may fail with. */
  @FunctionalInterface
  public interface Handler<Q, A> {
    CompletionStage<A> answer(Call call, Q request);
  }
}
