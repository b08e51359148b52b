package io.coffer.core.secret;

import io.coffer.Bytes;

/**
 * An entry of a payload as it will be stored.
 *
 * @param length of the value in the clear
 */
record SealedEntry(String key, boolean binary, Bytes sealed, int length) {}
