@NullMarked
package io.coffer.core.access;

import org.jspecify.annotations.NullMarked;
