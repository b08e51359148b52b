/** What is there before the first secret, made at the first start. */
@NullMarked
package io.coffer.core.founding;

import org.jspecify.annotations.NullMarked;
