package io.coffer.api.docker.door;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.api.docker.wire.Escapes;
import io.coffer.api.docker.wire.Filters;
import io.coffer.api.docker.wire.JsonBody;
import io.coffer.api.docker.wire.QueryString;
import io.coffer.api.docker.wire.SecretErrors;
import io.coffer.api.docker.wire.SecretFilter;
import io.coffer.api.docker.wire.SecretJson;
import io.coffer.api.docker.wire.SecretRules;
import io.coffer.api.docker.wire.SecretSpec;
import io.coffer.api.docker.wire.VersionedPath;
import io.coffer.api.rpc.Later;
import io.coffer.api.rpc.Requests;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.DockerSecrets;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.Secrets;
import io.coffer.core.secret.UpdateLabels;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The requests of Docker clients, each routed to one verb. */
public final class DockerDoor implements HttpService {
  private static final SecretFilter.View<SecretView> SHOWN =
      new SecretFilter.View<>(
          view -> view.secret().id(), view -> view.secret().name(), view -> view.secret().labels());

  /** Whether the server is there is told to anybody. */
  private static final String PING = "/_ping";

  private final Requests requests;
  private final Callers callers;
  private final Secrets secrets;
  private final DockerSecrets dockerSecrets;
  private final SystemPages pages;

  /**
   * A door onto one folder.
   *
   * @param callers who comes through this door
   * @param storeId what the engine's id is drawn from
   */
  public DockerDoor(
      Requests requests,
      InstantSource clock,
      Callers callers,
      Secrets secrets,
      DockerSecrets dockerSecrets,
      String storeId) {
    this.requests = requests;
    this.callers = callers;
    this.secrets = secrets;
    this.dockerSecrets = dockerSecrets;
    this.pages = new SystemPages(clock, storeId);
  }

  /**
   * An answer is whole, one write; a request counts from its first line, lest a stop cut it off.
   */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    Call call = requests.admit(ctx, Call.Door.DOCKER);
    if (req.method() == HttpMethod.OPTIONS) {
      return DockerAnswer.empty(200);
    }
    String target = req.headers().path();
    int question = target.indexOf('?');
    Optional<String> path = Escapes.path(question < 0 ? target : target.substring(0, question));
    if (path.isEmpty()) {
      return HttpResponse.of(HttpStatus.BAD_REQUEST, MediaType.PLAIN_TEXT_UTF_8, "400 Bad Request");
    }
    VersionedPath versioned = VersionedPath.of(path.get());
    QueryString query = new QueryString(question < 0 ? "" : target.substring(question + 1));
    return HttpResponse.of(
        req.aggregate()
            .thenCompose(whole -> answer(new Asked(ctx, call, versioned, query, whole)))
            .toCompletableFuture());
  }

  /** A request with its body. */
  private record Asked(
      ServiceRequestContext ctx,
      Call call,
      VersionedPath at,
      QueryString query,
      AggregatedHttpRequest whole) {
    boolean is(HttpMethod method) {
      return whole.method() == method;
    }
  }

  private CompletionStage<HttpResponse> answer(Asked asked) {
    Optional<Route> route = route(asked);
    if (route.isEmpty()) {
      return CompletableFuture.completedStage(DockerAnswer.unrouted(SecretErrors.pageNotFound()));
    }
    CompletionStage<HttpResponse> answer;
    try {
      asked.at().version().requireSupported();
      answer = route.get().answer(asked.at().path().equals(PING) ? asked : believed(asked));
    } catch (CofferException e) {
      answer = refused(asked, e);
    } catch (RuntimeException | AssertionError e) {
      answer = CompletableFuture.failedStage(e);
    }
    return Later.on(
        asked.ctx(),
        answer,
        (done, trouble) ->
            trouble != null || done == null
                ? failure(trouble == null ? new AssertionError("no answer") : trouble, asked)
                : done);
  }

  private Asked believed(Asked asked) {
    Caller caller = callers.of(asked.call(), asked.whole().headers());
    return new Asked(
        asked.ctx(), asked.call().by(caller), asked.at(), asked.query(), asked.whole());
  }

  private CompletionStage<HttpResponse> refused(Asked asked, CofferException refusal) {
    return callers instanceof Callers.ByToken(var bearer)
            && refusal.problem() instanceof Problem.Unauthenticated problem
        ? bearer.refuse(
            asked.call(), asked.whole().method() + " " + asked.at().path(), refusal, problem)
        : CompletableFuture.failedStage(refusal);
  }

  private static HttpResponse failure(Throwable trouble, Asked asked) {
    return DockerAnswer.error(DockerProblems.error(trouble), asked.at().version());
  }

  @FunctionalInterface
  private interface Route {
    CompletionStage<HttpResponse> answer(Asked asked);
  }

  private Optional<Route> route(Asked asked) {
    String[] parts = asked.at().path().substring(1).split("/", -1);
    return switch (parts.length) {
      case 1 -> routeOfPage(asked, parts[0]);
      case 2 -> parts[0].equals("secrets") ? routeOfSecret(asked, parts[1]) : Optional.empty();
      case 3 ->
          parts[0].equals("secrets")
                  && !parts[1].isEmpty()
                  && parts[2].equals("update")
                  && asked.is(HttpMethod.POST)
              ? Optional.of(one -> update(one, parts[1]))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Route> routeOfPage(Asked asked, String page) {
    boolean get = asked.is(HttpMethod.GET);
    return switch (page) {
      case "_ping" ->
          get || asked.is(HttpMethod.HEAD) ? Optional.of(DockerDoor::ping) : Optional.empty();
      case "version" -> get ? Optional.of(_ -> page(pages.version())) : Optional.empty();
      case "info" -> get ? Optional.of(_ -> page(pages.info())) : Optional.empty();
      case "secrets" -> get ? Optional.of(this::list) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Route> routeOfSecret(Asked asked, String reference) {
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    return switch (asked.whole().method()) {
      case POST -> reference.equals("create") ? Optional.of(this::create) : Optional.empty();
      case GET -> Optional.of(one -> inspect(one, reference));
      case DELETE -> Optional.of(one -> delete(one, reference));
      default -> Optional.empty();
    };
  }

  private static CompletionStage<HttpResponse> ping(Asked asked) {
    return CompletableFuture.completedStage(DockerAnswer.ping(asked.is(HttpMethod.HEAD)));
  }

  private static CompletionStage<HttpResponse> page(byte[] json) {
    return CompletableFuture.completedStage(DockerAnswer.json(200, json));
  }

  private CompletionStage<HttpResponse> create(Asked asked) {
    try (SecretSpec spec = spec(asked)) {
      SecretRules.requireCreatable(spec, asked.at().version());
      try (CreateSecret command = SecretForms.create(dockerSecrets.folderId(), spec)) {
        return secrets
            .create(asked.call(), command)
            .thenApply(made -> DockerAnswer.json(201, SecretJson.created(made.resourceId())));
      }
    }
  }

  private CompletionStage<HttpResponse> update(Asked asked, String reference) {
    SecretSpec spec = spec(asked);
    try {
      UpdateLabels command = SecretForms.update(reference, spec, asked.query().objectVersion());
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

  private CompletionStage<HttpResponse> inspect(Asked asked, String reference) {
    return dockerSecrets
        .inspect(asked.call(), reference)
        .thenApply(view -> DockerAnswer.json(200, SecretJson.secret(SecretForms.shown(view))));
  }

  private CompletionStage<HttpResponse> delete(Asked asked, String reference) {
    return dockerSecrets.delete(asked.call(), reference).thenApply(_ -> DockerAnswer.empty(204));
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
