/** The Docker door of a whole server, over its Unix socket. */
@NullMarked
package io.coffer.api.docker.driver;

import org.jspecify.annotations.NullMarked;
