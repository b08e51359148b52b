/**
 * Clients of Yandex Cloud, pointed at Coffer and otherwise untouched. Each passes {@link
 * io.coffer.conformance.yandex.LockboxClientContract}, in which the Docker door has a part too, and
 * the SDKs also {@link io.coffer.conformance.yandex.YandexSdkContract}: the Java SDK finds the
 * services by discovery and logs in with a key file, the Node.js SDK is told the address and has a
 * token, both speak gRPC over TLS; a third makes the REST calls of python-yc-lockbox.
 */
@NullMarked
package io.coffer.conformance.yandex;

import org.jspecify.annotations.NullMarked;
