package io.coffer.api.docker.door;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.CofferException;
import io.coffer.api.docker.wire.Escapes;
import io.coffer.api.docker.wire.QueryString;
import io.coffer.api.docker.wire.SecretErrors;
import io.coffer.api.docker.wire.VersionedPath;
import io.coffer.api.rpc.Later;
import io.coffer.api.rpc.Problems;
import io.coffer.api.rpc.Requests;
import io.coffer.auth.Gate;
import io.coffer.core.Call;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The requests of Docker clients: each is admitted, finds its route, is believed and answered.
 * {@link DockerRoutes} has the routes, group by group.
 */
public final class DockerDoor implements HttpService {
  private final Requests requests;
  private final Callers callers;
  private final Router router;

  /**
   * A door onto one folder.
   *
   * @param callers who comes through this door
   * @param routes shared by all doors onto it
   */
  public DockerDoor(Requests requests, Callers callers, DockerRoutes routes) {
    this.requests = requests;
    this.callers = callers;
    this.router = routes.router();
  }

  /**
   * An answer is whole, one write, but for events; a request counts from its first line, lest a
   * stop cut it off.
   */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return routing.path().endsWith(EventRoutes.PATH)
        ? ExchangeType.BIDI_STREAMING
        : ExchangeType.REQUEST_STREAMING;
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
    VersionedPath at = VersionedPath.of(path.get());
    QueryString query = new QueryString(question < 0 ? "" : target.substring(question + 1));
    Optional<Router.Found> found = router.find(req.method(), at.path());
    return HttpResponse.of(
        Turns.await(ctx)
            .thenCombine(req.aggregate(), (_, whole) -> whole)
            .thenCompose(whole ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(
                        DockerAnswer.unrouted(SecretErrors.pageNotFound()))
                    : answer(
                        found.get().route(),
                        new Asked(ctx, call, at, query, whole, found.get().named())))
            .toCompletableFuture());
  }

  private CompletionStage<HttpResponse> answer(Route route, Asked asked) {
    CompletionStage<HttpResponse> answer;
    try {
      asked.version().requireSupported();
      answer = route.handler().answer(route.toAnybody() ? asked : believed(asked));
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
    return asked.by(asked.call().by(callers.of(asked.call(), asked.ctx())));
  }

  private CompletionStage<HttpResponse> refused(Asked asked, CofferException refusal) {
    Optional<Gate> gate = callers.refusals();
    return gate.isPresent()
        ? gate.get().refuse(asked.call(), asked.whole().method() + " " + asked.at().path(), refusal)
        : CompletableFuture.failedStage(refusal);
  }

  private static HttpResponse failure(Throwable trouble, Asked asked) {
    HttpResponse answer = DockerAnswer.error(DockerProblems.error(trouble), asked.version());
    OptionalLong seconds = Problems.retryAfter(trouble);
    return seconds.isEmpty()
        ? answer
        : answer.mapHeaders(headers ->
            headers.toBuilder().addLong(HttpHeaderNames.RETRY_AFTER, seconds.getAsLong()).build());
  }
}
