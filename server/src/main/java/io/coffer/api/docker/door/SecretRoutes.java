package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import io.coffer.api.docker.wire.Filters;
import io.coffer.api.docker.wire.JsonBody;
import io.coffer.api.docker.wire.SecretFilter;
import io.coffer.api.docker.wire.SecretJson;
import io.coffer.api.docker.wire.SecretRules;
import io.coffer.api.docker.wire.SecretSpec;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.DockerSecrets;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.UpdateLabels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The secrets group: each request is read, one verb is called, its result is shown. */
final class SecretRoutes {
  private static final SecretFilter.View<SecretView> SHOWN =
      new SecretFilter.View<>(
          view -> view.secret().id(), view -> view.secret().name(), view -> view.secret().labels());

  private final Secrets secrets;
  private final DockerSecrets dockerSecrets;

  SecretRoutes(Secrets secrets, DockerSecrets dockerSecrets) {
    this.secrets = secrets;
    this.dockerSecrets = dockerSecrets;
  }

  List<Route> all() {
    return List.of(
        Route.get("/secrets", this::list),
        Route.post("/secrets/create", this::create),
        Route.get("/secrets/{id}", this::inspect),
        Route.delete("/secrets/{id}", this::delete),
        Route.post("/secrets/{id}/update", this::update));
  }

  private CompletionStage<HttpResponse> list(Asked asked) {
    Filters filters = Filters.parse(asked.query().first("filters"));
    SecretFilter filter = new SecretFilter(filters);
    return dockerSecrets
        .list(asked.call())
        .thenApply(all -> {
          List<SecretView> selected = filter.select(all, SHOWN);
          return DockerAnswer.json(
              200, SecretJson.secrets(selected.stream().map(SecretForms::shown).toList()));
        });
  }

  private CompletionStage<HttpResponse> create(Asked asked) {
    try (SecretSpec spec = spec(asked)) {
      SecretRules.requireCreatable(spec, asked.version());
      try (CreateSecret command = SecretForms.create(dockerSecrets.folderId(), spec)) {
        return secrets
            .create(asked.call(), command)
            .thenApply(made -> DockerAnswer.json(201, SecretJson.created(made.resourceId())));
      }
    }
  }

  private CompletionStage<HttpResponse> inspect(Asked asked) {
    return dockerSecrets
        .inspect(asked.call(), asked.reference())
        .thenApply(view -> DockerAnswer.json(200, SecretJson.secret(SecretForms.shown(view))));
  }

  private CompletionStage<HttpResponse> delete(Asked asked) {
    return dockerSecrets
        .delete(asked.call(), asked.reference())
        .thenApply(_ -> DockerAnswer.empty(204));
  }

  private CompletionStage<HttpResponse> update(Asked asked) {
    SecretSpec spec = spec(asked);
    try {
      UpdateLabels command =
          SecretForms.update(asked.reference(), spec, asked.query().objectVersion());
      SecretRules.requireFitting(spec);
      // Open until the end: a body that met a conflict runs again, and compares again.
      return dockerSecrets
          .update(asked.call(), command)
          .thenApply(_ -> DockerAnswer.empty(200))
          .whenComplete((_, _) -> spec.close());
    } catch (RuntimeException | AssertionError e) {
      spec.close();
      throw e;
    }
  }

  /** The body, decoded and wiped; whoever gets the spec closes it. */
  private static SecretSpec spec(Asked asked) {
    RequestHeaders headers = asked.whole().headers();
    byte[] body = bytes(asked.whole().content());
    try {
      return JsonBody.secretSpec(
          headers.get(HttpHeaderNames.CONTENT_TYPE, ""), declaredLength(headers), body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** The bytes to decode and to wipe: the request's own array where it has one. */
  private static byte[] bytes(HttpData content) {
    return content.array();
  }

  private static long declaredLength(RequestHeaders headers) {
    long length = headers.contentLength();
    if (length >= 0) {
      return length;
    }
    return headers.isEndOfStream() ? 0 : JsonBody.UNKNOWN_LENGTH;
  }
}
