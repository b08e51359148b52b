/**
 * Groups: subjects that hold roles together. What is bound to one counts for its members, which
 * {@link io.coffer.core.access.Memberships} keeps, where decisions look them up.
 */
@NullMarked
package io.coffer.core.group;

import org.jspecify.annotations.NullMarked;
