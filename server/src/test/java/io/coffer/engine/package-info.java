/** Start with {@code EngineContract}: what every engine owes. */
@NullMarked
package io.coffer.engine;

import org.jspecify.annotations.NullMarked;
