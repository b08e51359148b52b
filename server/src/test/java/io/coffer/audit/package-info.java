@NullMarked
package io.coffer.audit;

import org.jspecify.annotations.NullMarked;
