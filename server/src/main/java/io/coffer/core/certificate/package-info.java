/** Certificates that clients come with, signed by the store's own authority. */
@NullMarked
package io.coffer.core.certificate;

import org.jspecify.annotations.NullMarked;
