/**
 * What the corpora have in common: one JSON object a line, a list of the ids that apply, and one
 * way to say that an answer is not the expected one.
 */
@NullMarked
package io.coffer.conformance.cases;

import org.jspecify.annotations.NullMarked;
