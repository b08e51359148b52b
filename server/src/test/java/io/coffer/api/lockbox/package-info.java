/** The Lockbox services of a whole server, byte for byte, over REST and gRPC. */
@NullMarked
package io.coffer.api.lockbox;

import org.jspecify.annotations.NullMarked;
