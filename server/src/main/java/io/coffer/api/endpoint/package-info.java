/** Discovery: where the services are. All of them are here. */
@NullMarked
package io.coffer.api.endpoint;

import org.jspecify.annotations.NullMarked;
