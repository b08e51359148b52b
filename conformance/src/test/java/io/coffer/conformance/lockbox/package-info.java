/**
 * The Lockbox door by recorded cases. A case is a few JSON requests with variables and subset
 * matchers; {@code LockboxCasesTest} runs the corpus as it is, over REST against the plaintext
 * listener, {@code GrpcLockboxCasesTest} the same requests as remote procedure calls over TLS.
 */
@NullMarked
package io.coffer.conformance.lockbox;

import org.jspecify.annotations.NullMarked;
