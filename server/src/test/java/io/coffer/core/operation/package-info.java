@NullMarked
package io.coffer.core.operation;

import org.jspecify.annotations.NullMarked;
