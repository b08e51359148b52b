/**
 * Federations: issuers of OIDC tokens whose word counts. Which of their subjects may be which
 * account is said by the account's credentials, {@code core.iam.FederatedCredentials}; whether a
 * token is theirs is {@code auth}'s business.
 */
@NullMarked
package io.coffer.core.workload;

import org.jspecify.annotations.NullMarked;
