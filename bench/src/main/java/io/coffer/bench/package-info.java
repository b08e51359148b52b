/**
 * What the parts of a call cost, measured by JMH, and what a running server answers under load: see
 * {@code bench/pom.xml} for how to run them.
 */
@NullMarked
package io.coffer.bench;

import org.jspecify.annotations.NullMarked;
