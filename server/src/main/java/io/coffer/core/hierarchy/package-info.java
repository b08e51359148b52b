/** Clouds and the folders in them, as callers see them. */
@NullMarked
package io.coffer.core.hierarchy;

import org.jspecify.annotations.NullMarked;
