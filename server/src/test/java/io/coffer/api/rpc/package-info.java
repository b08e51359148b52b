/** What all remote procedure calls share: validation, errors, bad requests. */
@NullMarked
package io.coffer.api.rpc;

import org.jspecify.annotations.NullMarked;
