/**
 * Why somebody may do something, or may not. It decides nothing: {@code core.access} is asked as
 * for a call, and what it answers is told. What a verb needs is said once more, in {@link
 * io.coffer.core.explain.Verb}; a test holds that to what the verbs themselves do.
 */
@NullMarked
package io.coffer.core.explain;

import org.jspecify.annotations.NullMarked;
