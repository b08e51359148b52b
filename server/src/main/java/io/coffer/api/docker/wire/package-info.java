/**
 * What the Docker door says and understands, byte by byte, and nothing about how it travels. Docker
 * clients were written against an engine in Go, and they show its error texts to people; so this
 * package reads JSON, base64, queries and paths as Go's libraries do, in their order and words.
 *
 * <p>A request is read in this order:
 *
 * <ol>
 *   <li>{@link io.coffer.api.docker.wire.Escapes} and {@link
 *       io.coffer.api.docker.wire.VersionedPath}: the path, and the API version it names.
 *   <li>{@link io.coffer.api.docker.wire.QueryString} and {@link
 *       io.coffer.api.docker.wire.Filters}: the parameters.
 *   <li>{@link io.coffer.api.docker.wire.JsonBody}: the body, as a {@link
 *       io.coffer.api.docker.wire.SecretSpec}. Its data goes from the bytes of the body to {@link
 *       io.coffer.SecretBytes} and is never a {@code String}.
 *   <li>{@link io.coffer.api.docker.wire.SecretRules}: what a spec must satisfy.
 * </ol>
 *
 * <p>{@link io.coffer.api.docker.wire.SecretJson} writes the answers; {@link
 * io.coffer.api.docker.wire.PluginJson} is what plugins are asked and answer. Everything that can
 * be wrong is a {@link io.coffer.api.docker.wire.DockerError}; what is wrong with secrets is worded
 * in {@link io.coffer.api.docker.wire.SecretErrors}, what is wrong with JSON in {@code JsonErrors}.
 * There is no state here and no clock.
 */
@NullMarked
package io.coffer.api.docker.wire;

import org.jspecify.annotations.NullMarked;
