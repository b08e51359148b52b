@NullMarked
package io.coffer.api.organizationmanager;

import org.jspecify.annotations.NullMarked;
