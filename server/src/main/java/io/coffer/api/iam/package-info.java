/** Yandex Cloud IAM: tokens for those who can prove who they are. */
@NullMarked
package io.coffer.api.iam;

import org.jspecify.annotations.NullMarked;
