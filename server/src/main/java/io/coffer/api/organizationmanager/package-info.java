/** Yandex Cloud's Organization Manager, what there is of it: groups. */
@NullMarked
package io.coffer.api.organizationmanager;

import org.jspecify.annotations.NullMarked;
