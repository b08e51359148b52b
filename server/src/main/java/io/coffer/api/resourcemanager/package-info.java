/** {@code yandex.cloud.resourcemanager.v1}: clouds, folders, and who has which role there. */
@NullMarked
package io.coffer.api.resourcemanager;

import org.jspecify.annotations.NullMarked;
