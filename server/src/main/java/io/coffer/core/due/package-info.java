/**
 * What happens by itself at a time: an index by time, which the server looks into. What is due
 * stays in it until it is done, so that neither a restart nor a clock that was wrong loses any of
 * it.
 */
@NullMarked
package io.coffer.core.due;

import org.jspecify.annotations.NullMarked;
