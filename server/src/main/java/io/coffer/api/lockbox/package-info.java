/** Yandex Cloud Lockbox: secrets and payloads. */
@NullMarked
package io.coffer.api.lockbox;

import org.jspecify.annotations.NullMarked;
