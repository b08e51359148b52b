package io.coffer.api.operator;

/**
 * How things stand.
 *
 * @param open whether the store is, and served
 * @param store its id
 * @param kind of the seal, such as "shares"
 * @param fingerprint of the seal key
 * @param given how many answers were given that still count
 * @param needed how many it takes to open the store; 0 if nobody has to be asked
 */
public record SealStatus(
    boolean open, String store, String kind, String fingerprint, int given, int needed) {}
