@NullMarked
package io.coffer.api.resourcemanager;

import org.jspecify.annotations.NullMarked;
