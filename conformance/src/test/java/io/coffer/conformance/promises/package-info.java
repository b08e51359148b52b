/**
 * What Coffer promises whichever door is used: nothing acknowledged is lost, a name is given once,
 * nothing secret is where it should not be, a wrong key changes nothing, and it starts and stops as
 * a good service does.
 */
@NullMarked
package io.coffer.conformance.promises;

import org.jspecify.annotations.NullMarked;
