/**
 * Who may do what. {@link io.coffer.core.access.Access#require} is the only place that decides,
 * inside the transaction that acts; what no binding allows is denied.
 */
@NullMarked
package io.coffer.core.access;

import org.jspecify.annotations.NullMarked;
