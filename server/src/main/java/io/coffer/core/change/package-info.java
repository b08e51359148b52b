/**
 * What has changed, for those who follow it: every verb that changes a secret leaves a {@link
 * io.coffer.core.change.SecretChange} in the same commit, and {@link
 * io.coffer.core.change.ChangeFeed} tells of them in the order of commits.
 *
 * <p>Promises: no change without its row, since what goes on record goes here too ({@link
 * io.coffer.core.change.ChangeWitness}); a reader is shown only what he may read at that moment;
 * and one who has been away too long is told so rather than given a part.
 */
@NullMarked
package io.coffer.core.change;

import org.jspecify.annotations.NullMarked;
