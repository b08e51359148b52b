@NullMarked
package io.coffer.core.binding;

import org.jspecify.annotations.NullMarked;
