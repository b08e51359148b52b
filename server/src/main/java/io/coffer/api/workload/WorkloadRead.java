package io.coffer.api.workload;

import io.coffer.Problem;
import io.coffer.core.iam.CreateFederatedCredential;
import io.coffer.core.iam.SubjectRule;
import io.coffer.core.workload.CreateFederation;
import io.coffer.core.workload.JwksUrl;
import io.coffer.core.workload.UpdateFederation;
import io.coffer.core.workload.UpdateFederation.Field;
import io.coffer.wire.iam.v1.workload.CreateFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.oidc.CreateFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.UpdateFederationRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From messages to commands. A mask that names nothing is one that names everything. */
final class WorkloadRead {
  private WorkloadRead() {}

  static CreateFederation create(CreateFederationRequest request) {
    return new CreateFederation(
        request.getFolderId(),
        request.getName(),
        request.getDescription(),
        request.getDisabled(),
        request.getAudiencesList(),
        request.getIssuer(),
        JwksUrl.parse(request.getJwksUrl()),
        new TreeMap<>(request.getLabelsMap()));
  }

  static UpdateFederation update(UpdateFederationRequest request) {
    Set<Field> mask = EnumSet.noneOf(Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> mask.add(field(path)));
    Set<Field> fields = mask.isEmpty() ? EnumSet.allOf(Field.class) : mask;
    return new UpdateFederation(
        request.getFederationId(),
        fields,
        request.getName(),
        request.getDescription(),
        request.getDisabled(),
        request.getAudiencesList(),
        fields.contains(Field.JWKS_URL)
            ? Optional.of(JwksUrl.parse(request.getJwksUrl()))
            : Optional.empty(),
        new TreeMap<>(request.getLabelsMap()));
  }

  /** In either spelling, since both are sent. */
  private static Field field(String path) {
    return switch (path) {
      case "name" -> Field.NAME;
      case "description" -> Field.DESCRIPTION;
      case "disabled" -> Field.DISABLED;
      case "audiences" -> Field.AUDIENCES;
      case "jwks_url", "jwksUrl" -> Field.JWKS_URL;
      case "labels" -> Field.LABELS;
      default ->
          throw new Problem.Invalid(
                  "update_mask", "must name fields of a federation that can change")
              .asException();
    };
  }

  static CreateFederatedCredential create(CreateFederatedCredentialRequest request) {
    return new CreateFederatedCredential(
        request.getServiceAccountId(),
        request.getFederationId(),
        new SubjectRule(request.getExternalSubjectId()));
  }
}
