/**
 * Yandex Cloud's Java SDK, unchanged, as a program that does what it reads from standard input. It
 * is a program because the SDK takes its trusted certificates from the JVM's settings, and brings
 * libraries far older than Coffer's.
 */
@NullMarked
package io.coffer.yandexsdk;

import org.jspecify.annotations.NullMarked;
