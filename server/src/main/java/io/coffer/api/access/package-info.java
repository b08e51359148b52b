/** Access bindings on the wire, as every service that has resources publishes them. */
@NullMarked
package io.coffer.api.access;

import org.jspecify.annotations.NullMarked;
