/** Discovery, as clients ask for it. */
@NullMarked
package io.coffer.api.endpoint;

import org.jspecify.annotations.NullMarked;
