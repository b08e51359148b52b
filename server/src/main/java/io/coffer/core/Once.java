package io.coffer.core;

import io.coffer.Bytes;
import java.time.Instant;

/**
 * What makes a change happen once, however often it is asked for. Both are HMACs: a client's key is
 * not for a disk's reader, and a request may hold a payload.
 *
 * @param key of caller, method and the client's idempotency key
 * @param request of the request: the same key with another request is refused
 * @param until when it is forgotten
 */
public record Once(Bytes key, Bytes request, Instant until) {}
