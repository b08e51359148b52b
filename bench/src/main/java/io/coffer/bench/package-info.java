/** What the parts of a call cost, measured by JMH: see {@code bench/pom.xml} for how to run it. */
@NullMarked
package io.coffer.bench;

import org.jspecify.annotations.NullMarked;
