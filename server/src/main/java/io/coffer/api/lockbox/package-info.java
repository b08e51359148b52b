/**
 * Yandex Cloud Lockbox: secrets and payloads, operations of all services, and the watch on changes.
 */
@NullMarked
package io.coffer.api.lockbox;

import org.jspecify.annotations.NullMarked;
