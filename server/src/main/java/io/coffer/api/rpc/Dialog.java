package io.coffer.api.rpc;

import com.google.protobuf.Message;
import java.util.Optional;
import java.util.function.Function;

/**
 * A method over gRPC whose client may ask many times on one stream. Anybody may: what is told so is
 * no secret.
 *
 * @param method its full name, without the leading slash
 * @param answer what each request is answered with, at once
 * @param farewell if present, the stream stays when the client has asked all, and this is the last
 *     it hears when the server stops; else it ends with the last answer
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Absent is one of the two ways to end.
public record Dialog<Q extends Message, A extends Message>(
    String method, Q prototype, Function<Q, A> answer, Optional<A> farewell) {}
