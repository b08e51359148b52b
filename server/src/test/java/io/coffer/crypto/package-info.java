/** The attacks on what is sealed, each as a test. */
@NullMarked
package io.coffer.crypto;

import org.jspecify.annotations.NullMarked;
