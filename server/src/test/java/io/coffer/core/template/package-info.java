@NullMarked
package io.coffer.core.template;

import org.jspecify.annotations.NullMarked;
