@NullMarked
package io.coffer.core.founding;

import org.jspecify.annotations.NullMarked;
