@NullMarked
package io.coffer.core.change;

import org.jspecify.annotations.NullMarked;
