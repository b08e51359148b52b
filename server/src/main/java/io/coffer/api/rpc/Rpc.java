package io.coffer.api.rpc;

import com.google.protobuf.Message;
import io.coffer.core.Call;
import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletionStage;

/**
 * A method and what answers it.
 *
 * @param open whether it is answered without a credential
 * @param rest the same over REST, where more can be said than was published
 */
public record Rpc<Q extends Message, A extends Message>(
    MethodDescriptor<Q, A> method, boolean open, Handler<Q, A> handler, RestHandler<Q, A> rest) {
  private Rpc(MethodDescriptor<Q, A> method, boolean open, Handler<Q, A> handler) {
    this(
        method,
        open,
        handler,
        (call, request, asked) -> handler.answer(call, request).thenApply(RestAnswer::of));
  }

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

  /** The same method, with more to it over REST. */
  public Rpc<Q, A> overRest(RestHandler<Q, A> more) {
    return new Rpc<>(method, open, handler, more);
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

  /** As {@link Handler}, for what is asked over REST. */
  @FunctionalInterface
  public interface RestHandler<Q, A> {
    CompletionStage<RestAnswer<A>> answer(Call call, Q request, RestAsked asked);
  }
}
