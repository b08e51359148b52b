@NullMarked
package io.coffer.auth;

import org.jspecify.annotations.NullMarked;
