@NullMarked
package io.coffer.core.certificate;

import org.jspecify.annotations.NullMarked;
