@NullMarked
package io.coffer.core.kms;

import org.jspecify.annotations.NullMarked;
