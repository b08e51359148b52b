@NullMarked
package io.coffer.core.folder;

import org.jspecify.annotations.NullMarked;
