/**
 * One remote procedure call, told once, answered over both transports. A service is a list of
 * {@link io.coffer.api.rpc.Rpc}s; {@link io.coffer.api.rpc.Desk} does for each what all need: who
 * asks, is the request well-formed, what went wrong. {@link io.coffer.api.rpc.GrpcDoor} and {@link
 * io.coffer.api.rpc.RestDoor} are only forms of asking; paths, validation and the shape of JSON
 * come from the descriptors, so that a new field or method needs no code here.
 */
@NullMarked
package io.coffer.api.rpc;

import org.jspecify.annotations.NullMarked;
