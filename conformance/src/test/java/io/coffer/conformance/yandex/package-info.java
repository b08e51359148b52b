/**
 * Clients of Yandex Cloud, pointed at Coffer and otherwise untouched. {@link
 * io.coffer.conformance.yandex.YandexSdk} is the Java SDK, which finds the services by discovery,
 * logs in with a key file and speaks gRPC over TLS.
 */
@NullMarked
package io.coffer.conformance.yandex;

import org.jspecify.annotations.NullMarked;
