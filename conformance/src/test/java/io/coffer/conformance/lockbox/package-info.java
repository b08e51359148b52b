/**
 * The Lockbox door over REST. A case is a few JSON requests with variables and subset matchers;
 * {@code LockboxCasesTest} runs the corpus against the plaintext listener.
 */
@NullMarked
package io.coffer.conformance.lockbox;

import org.jspecify.annotations.NullMarked;
