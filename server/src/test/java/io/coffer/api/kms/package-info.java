@NullMarked
package io.coffer.api.kms;

import org.jspecify.annotations.NullMarked;
