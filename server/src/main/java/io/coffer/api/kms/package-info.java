/** Yandex Cloud KMS: symmetric keys, and what is encrypted under them. */
@NullMarked
package io.coffer.api.kms;

import org.jspecify.annotations.NullMarked;
