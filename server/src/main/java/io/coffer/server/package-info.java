/**
 * The one package that knows them all. {@link io.coffer.server.Settings} says what was asked for,
 * {@link io.coffer.server.Store} opens what is kept, {@link io.coffer.server.CofferServer} wires
 * the doors to it. Nobody imports it but the command line.
 */
@NullMarked
package io.coffer.server;

import org.jspecify.annotations.NullMarked;
