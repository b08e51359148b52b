/**
 * Workload identity: federations and federated credentials as Yandex Cloud has them, and OAuth's
 * exchange of a token of another issuer for one of ours, {@link io.coffer.api.workload.TokenDoor}.
 */
@NullMarked
package io.coffer.api.workload;

import org.jspecify.annotations.NullMarked;
