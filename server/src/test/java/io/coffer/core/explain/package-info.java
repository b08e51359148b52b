@NullMarked
package io.coffer.core.explain;

import org.jspecify.annotations.NullMarked;
