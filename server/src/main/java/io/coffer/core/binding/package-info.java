/**
 * Who is given which role where: the verbs on access bindings, the same for clouds, folders and
 * secrets. What a role permits is {@code core.access}'s business.
 */
@NullMarked
package io.coffer.core.binding;

import org.jspecify.annotations.NullMarked;
