@NullMarked
package io.coffer.api.access;

import org.jspecify.annotations.NullMarked;
