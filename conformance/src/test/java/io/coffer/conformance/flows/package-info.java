/**
 * What programs do that cannot be run here, call for call, as their sources have it: {@link
 * io.coffer.conformance.flows.TerraformProvider} is Terraform's provider for Yandex Cloud with what
 * its Go SDK insists on, {@link io.coffer.conformance.flows.ExternalSecrets} the provider of
 * External Secrets Operator.
 */
@NullMarked
package io.coffer.conformance.flows;

import org.jspecify.annotations.NullMarked;
