@NullMarked
package io.coffer.core.due;

import org.jspecify.annotations.NullMarked;
