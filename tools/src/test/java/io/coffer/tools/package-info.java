/** The command line, as a shell sees it: exit codes, and what is printed where. */
@NullMarked
package io.coffer.tools;

import org.jspecify.annotations.NullMarked;
