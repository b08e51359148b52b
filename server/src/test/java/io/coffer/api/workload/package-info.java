@NullMarked
package io.coffer.api.workload;

import org.jspecify.annotations.NullMarked;
