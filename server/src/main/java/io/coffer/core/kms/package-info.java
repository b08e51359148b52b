/**
 * Symmetric keys that tenants encrypt under, as Yandex Cloud's KMS has them. Start with {@link
 * io.coffer.core.kms.SymmetricKeys}.
 *
 * <p>Promises: material never leaves; what one version of a key made opens under that version and
 * in its context only; every use of a key is on record before its answer; and managing a key is not
 * the right to use it.
 */
@NullMarked
package io.coffer.core.kms;

import org.jspecify.annotations.NullMarked;
