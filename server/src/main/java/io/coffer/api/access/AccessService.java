package io.coffer.api.access;

import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.access.Decision;
import io.coffer.core.access.Role;
import io.coffer.core.explain.Explanation;
import io.coffer.core.explain.Explanations;
import io.coffer.wire.coffer.v1.AccessServiceGrpc;
import io.coffer.wire.coffer.v1.ExplainAccessRequest;
import io.coffer.wire.coffer.v1.ExplainAccessResponse;
import io.coffer.wire.coffer.v1.Grant;
import io.coffer.wire.coffer.v1.Need;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code coffer.v1.AccessService}. */
public final class AccessService implements Service {
  private final Explanations explanations;

  public AccessService(Explanations explanations) {
    this.explanations = explanations;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(Rpc.of(AccessServiceGrpc.getExplainMethod(), this::explain));
  }

  private CompletionStage<ExplainAccessResponse> explain(Call call, ExplainAccessRequest request) {
    return explanations
        .explain(call, request.getSubject(), request.getVerb(), request.getResource())
        .thenApply(AccessService::render);
  }

  private static ExplainAccessResponse render(Explanation explanation) {
    return ExplainAccessResponse.newBuilder()
        .setAllowed(explanation.allowed())
        .setRefusal(
            switch (explanation.standing()) {
              case TAKEN -> "";
              case NO_SUCH_ACCOUNT -> "there is no such account";
              case SUSPENDED -> "the account is suspended";
              case EXPIRED -> "the account has expired";
              case KEY_EXPIRED -> "the key has expired";
            })
        .addAllNeeds(explanation.findings().stream().map(AccessService::need).toList())
        .build();
  }

  private static Need need(Explanation.Finding finding) {
    Need.Builder need =
        Need.newBuilder()
            .setPermission(finding.permission().id())
            .setResourceType(finding.resource().type())
            .setResourceId(finding.resource().id())
            .setAllowed(finding.decision().allows());
    switch (finding.decision()) {
      case Decision.Granted granted -> {
        if (finding.shown()) {
          need.setGrant(grant(granted));
        }
      }
      case Decision.Ungranted _ -> need.setRefusal("nothing that is bound there permits it");
      case Decision.OutOfScope _ -> need.setRefusal("no scope of the key permits it");
      case Decision.Unbelieved _ -> need.setRefusal("nobody was believed");
    }
    if (!finding.decision().allows()) {
      need.addAllLacking(finding.lacking().stream().map(AccessService::grant).toList())
          .addAllRoles(finding.roles().stream().map(Role::id).toList());
    }
    return need.build();
  }

  private static Grant grant(Decision.Granted granted) {
    return Grant.newBuilder()
        .setBinding(BindingRender.binding(granted.binding()))
        .setResourceId(granted.on())
        .build();
  }
}
