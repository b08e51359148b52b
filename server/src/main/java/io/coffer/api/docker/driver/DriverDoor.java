package io.coffer.api.docker.driver;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.DriverJson;
import io.coffer.api.docker.wire.DriverRequest;
import io.coffer.api.rpc.Later;
import io.coffer.api.rpc.Requests;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.secret.Deliver;
import io.coffer.core.secret.Deliveries;
import io.coffer.core.secret.Delivery;
import io.coffer.core.template.Context;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What managers of a swarm ask a secret provider. Labels of the Docker secret choose what they are
 * given; see {@link #deliver}.
 */
public final class DriverDoor implements HttpService {
  /** The id or the name of a secret here; without it, the name of the Docker secret. */
  static final String SECRET = "io.coffer.secret";

  /** The key of the entry; without it {@code data}, else the only one. */
  static final String ENTRY = "io.coffer.entry";

  /** The id of the version; without it, the current one. */
  static final String VERSION = "io.coffer.version";

  private static final String ACTIVATE = "/Plugin.Activate";
  private static final String GET_SECRET = "/SecretProvider.GetSecret";

  private final Requests requests;
  private final Function<Instant, Caller> account;
  private final Deliveries deliveries;

  /**
   * A door.
   *
   * @param account who everybody is who comes through it at a time
   */
  public DriverDoor(Requests requests, Function<Instant, Caller> account, Deliveries deliveries) {
    this.requests = requests;
    this.account = account;
    this.deliveries = deliveries;
  }

  /** An answer is whole, one write; a request counts from its first line. */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.REQUEST_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    if (req.headers().contains(HttpHeaderNames.ORIGIN)
        || req.headers().contains(HttpHeaderNames.SEC_FETCH_SITE)) {
      // A page in a browser of this machine can reach a loopback port; engines send neither.
      return DriverAnswer.json(
          HttpStatus.FORBIDDEN, DriverJson.error("a secret provider is not for web pages"));
    }
    Call asked = requests.admit(ctx, Call.Door.DOCKER);
    Call call = asked.by(account.apply(asked.at()));
    return HttpResponse.of(
        req.aggregate().thenCompose(whole -> answer(ctx, call, whole)).toCompletableFuture());
  }

  private CompletionStage<HttpResponse> answer(
      ServiceRequestContext ctx, Call call, AggregatedHttpRequest request) {
    String path = request.path();
    if (request.method() == HttpMethod.POST && path.equals(ACTIVATE)) {
      return done(HttpStatus.OK, DriverJson.activated());
    }
    if (request.method() != HttpMethod.POST || !path.equals(GET_SECRET)) {
      return done(HttpStatus.NOT_FOUND, DriverJson.error("a secret provider has no such call"));
    }
    Deliver command;
    try {
      command = deliver(DriverRequest.read(request.content().array()));
    } catch (DockerError e) {
      return done(HttpStatus.BAD_REQUEST, DriverJson.error(e.text()));
    }
    return Later.on(
        ctx,
        deliveries.deliver(call, command),
        (delivery, trouble) ->
            DriverAnswer.json(
                HttpStatus.OK,
                trouble != null || delivery == null
                    ? DriverJson.error(
                        DriverProblems.text(
                            trouble == null ? new AssertionError("no answer") : trouble))
                    : body(delivery)));
  }

  private static CompletionStage<HttpResponse> done(HttpStatus status, byte[] body) {
    return CompletableFuture.completedStage(DriverAnswer.json(status, body));
  }

  private static byte[] body(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Value(var value) -> {
        try (value) {
          yield DriverJson.value(value);
        }
      }
      case Delivery.Unfit(var why) -> DriverJson.error(why);
    };
  }

  private static Deliver deliver(DriverRequest request) {
    return new Deliver(
        label(request, SECRET, request.secretName()),
        label(request, ENTRY, ""),
        label(request, VERSION, ""),
        new Context(
            new Context.Service(
                request.serviceId(), request.serviceName(), request.serviceLabels()),
            new Context.Node(request.nodeId(), "", "", ""),
            new Context.Task(request.taskId(), request.taskName(), slot(request))));
  }

  private static String label(DriverRequest request, String name, String otherwise) {
    String value = request.secretLabels().getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  /** A task is called service.slot.id, and of a global service service.node.id. */
  private static String slot(DriverRequest request) {
    String head = request.serviceName() + ".";
    String tail = "." + request.taskId();
    String name = request.taskName();
    return name.length() > head.length() + tail.length()
            && name.startsWith(head)
            && name.endsWith(tail)
        ? name.substring(head.length(), name.length() - tail.length())
        : "";
  }
}
