/**
 * The Docker door. A case is a few raw HTTP requests over the Unix socket, with variables ({@link
 * io.coffer.conformance.docker.Variables}) and expectations ({@link
 * io.coffer.conformance.docker.Matcher}); {@code DockerCasesTest} runs the corpus.
 *
 * <p>HTTP is spoken by hand, because cases send what no HTTP library would.
 */
@NullMarked
package io.coffer.conformance.docker;

import org.jspecify.annotations.NullMarked;
