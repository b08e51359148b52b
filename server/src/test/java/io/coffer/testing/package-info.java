/** What tests of every package share. */
@NullMarked
package io.coffer.testing;

import org.jspecify.annotations.NullMarked;
