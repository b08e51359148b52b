@NullMarked
package io.coffer.core.iam;

import org.jspecify.annotations.NullMarked;
