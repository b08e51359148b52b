@NullMarked
package io.coffer.core.secret;

import org.jspecify.annotations.NullMarked;
