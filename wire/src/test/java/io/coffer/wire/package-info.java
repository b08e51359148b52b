/**
 * Holds our .proto files against the published ones. {@code PublishedWireTest} turns both sides
 * into a {@code Shape}, and expects exactly the differences that {@code published-differences.txt}
 * lists.
 */
@NullMarked
package io.coffer.wire;

import org.jspecify.annotations.NullMarked;
