@NullMarked
package io.coffer.core.group;

import org.jspecify.annotations.NullMarked;
