/**
 * Clouds and the folders in them: what secrets and accounts belong to, and what roles are bound to.
 */
@NullMarked
package io.coffer.core.folder;

import org.jspecify.annotations.NullMarked;
