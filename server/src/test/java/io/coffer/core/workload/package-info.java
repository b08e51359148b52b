@NullMarked
package io.coffer.core.workload;

import org.jspecify.annotations.NullMarked;
