/** The Docker door of a whole server, over its Unix socket. */
@NullMarked
package io.coffer.api.docker.door;

import org.jspecify.annotations.NullMarked;
