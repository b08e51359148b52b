@NullMarked
package io.coffer.core.hierarchy;

import org.jspecify.annotations.NullMarked;
