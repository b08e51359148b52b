package io.coffer.api.operator;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.SecretBytes;
import io.coffer.api.rpc.Bugs;
import io.coffer.crypto.seal.SealException;
import io.coffer.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's own door. What is told is JSON; what is secret are lines of text, both ways: so
 * nothing that reads or writes JSON keeps a piece of it in a buffer of its own.
 *
 * <pre>
 *   GET  /v1/status              how things stand
 *   POST /v1/unseal[?reset=true] lines: the passphrase, or shares, or none
 *   POST /v1/seal
 *   POST /v1/rotate              {"term": 2}
 *   POST /v1/rekey?to=SEAL       a line: the new passphrase, if it is to be one. New shares are
 *                                answered as lines, and count when their confirmation comes back
 *   POST /v1/confirm?id=ID       ID is the header coffer-confirmation of the shares
 *   else                         {"message": "…"}, with 409 for what cannot be as things are
 * </pre>
 */
public final class OperatorDoor implements HttpService {
  /** Of the answer that hands out shares. */
  public static final String CONFIRMATION = "coffer-confirmation";

  private static final Logger log = LoggerFactory.getLogger(OperatorDoor.class);
  private static final String JSON = "application/json";

  private final SealDesk desk;
  private final Executor threads;

  /**
   * @param threads one for each thing that is done: it takes what libraries keep of keys by thread
   *     away when it ends
   */
  public OperatorDoor(SealDesk desk, Executor threads) {
    this.desk = desk;
    this.threads = threads;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    ctx.clearRequestTimeout(); // Calls in flight are waited for.
    return HttpResponse.of(
        req.aggregate()
            .thenCompose(whole -> CompletableFuture.supplyAsync(() -> answer(ctx, whole), threads))
            .exceptionally(OperatorDoor::failure));
  }

  private HttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest whole) {
    String asked = (whole.method() == HttpMethod.GET ? "GET " : "POST ") + ctx.path();
    List<SecretBytes> lines = AnswerLines.of(whole.content().array());
    try {
      return switch (asked) {
        case "GET /v1/status" -> json(OperatorJson.status(desk.status()));
        case "POST /v1/unseal" ->
            json(
                OperatorJson.status(
                    desk.unseal(lines, Boolean.parseBoolean(ctx.queryParam("reset")))));
        case "POST /v1/seal" -> json(OperatorJson.status(desk.seal()));
        case "POST /v1/rotate" -> json(OperatorJson.term(desk.rotate()));
        case "POST /v1/rekey" -> rekeyed(ctx, desk.rekey(parameter(ctx, "to"), lines));
        case "POST /v1/confirm" -> json(OperatorJson.status(desk.confirm(parameter(ctx, "id"))));
        default -> message(HttpStatus.NOT_FOUND, "an operator has no such call");
      };
    } finally {
      lines.forEach(SecretBytes::close); // Those that are kept were copied.
    }
  }

  private static String parameter(ServiceRequestContext ctx, String name) {
    String value = ctx.queryParam(name);
    return value == null ? "" : value;
  }

  private static HttpResponse rekeyed(ServiceRequestContext ctx, Rekeyed rekeyed) {
    return switch (rekeyed) {
      case Rekeyed.Done(var status) -> json(OperatorJson.status(status));
      case Rekeyed.HandedOut(var confirmation, var shares) -> {
        byte[] body;
        try (SecretBytes joined = AnswerLines.join(shares)) {
          body = joined.lend(byte[]::clone);
        }
        var _ = ctx.log().whenComplete().thenRun(() -> Arrays.fill(body, (byte) 0));
        yield HttpResponse.of(
            ResponseHeaders.of(
                HttpStatus.OK,
                HttpHeaderNames.CONTENT_TYPE,
                "text/plain",
                CONFIRMATION,
                confirmation),
            HttpData.wrap(body));
      }
    };
  }

  private static HttpResponse failure(Throwable trouble) {
    Throwable cause =
        trouble instanceof CompletionException && trouble.getCause() != null
            ? trouble.getCause()
            : trouble;
    return switch (cause) {
      case SealException refused ->
          message(HttpStatus.CONFLICT, String.valueOf(refused.getMessage()));
      case EngineException.Unavailable unavailable ->
          message(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(unavailable.getMessage()));
      default -> {
        if (!Bugs.isNone(cause)) {
          log.atError().addKeyValue("bug", Bugs.describe(cause)).log("a request ended in a bug");
        }
        yield message(HttpStatus.INTERNAL_SERVER_ERROR, "internal error");
      }
    };
  }

  private static HttpResponse message(HttpStatus status, String words) {
    return HttpResponse.of(
        ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, JSON),
        HttpData.ofUtf8(OperatorJson.message(words)));
  }

  private static HttpResponse json(String body) {
    return HttpResponse.of(
        ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, JSON),
        HttpData.ofUtf8(body));
  }
}
