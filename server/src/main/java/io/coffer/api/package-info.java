/**
 * A request comes in. {@link io.coffer.api.rpc} answers remote procedure calls over gRPC and REST;
 * {@code lockbox}, {@code iam} and {@code endpoint} say which there are; {@code docker} is the
 * other door. An adapter reads, calls one verb, and renders; it decides nothing.
 */
@NullMarked
package io.coffer.api;

import org.jspecify.annotations.NullMarked;
