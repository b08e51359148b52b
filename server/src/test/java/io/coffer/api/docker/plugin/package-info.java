/** What plugins are asked, and everything they may answer. */
@NullMarked
package io.coffer.api.docker.plugin;

import org.jspecify.annotations.NullMarked;
