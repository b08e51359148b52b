@NullMarked
package io.coffer.core;

import org.jspecify.annotations.NullMarked;
