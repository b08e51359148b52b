package io.coffer.api.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Later;
import io.coffer.api.rpc.Problems;
import io.coffer.api.rpc.Requests;
import io.coffer.auth.Exchanges;
import io.coffer.auth.IamTokens;
import io.coffer.core.Call;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /oauth/token}: a token of another issuer for one of ours, in the forms of RFC 8693
 * and RFC 6749. No answer of it is to be kept by anybody between.
 */
public final class TokenDoor implements HttpService {
  public static final String PATH = "/oauth/token";

  private static final JsonFactory JSON = new JsonFactory();

  private final Exchanges exchanges;
  private final HttpService rest;

  /**
   * A door.
   *
   * @param rest is left all other paths
   */
  public TokenDoor(Exchanges exchanges, HttpService rest) {
    this.exchanges = exchanges;
    this.rest = rest;
  }

  /** What answers here while there is no store to ask. */
  public static HttpService unavailable(String words) {
    return (_, req) ->
        HttpResponse.of(
            req.aggregate()
                .thenApply(_ ->
                    failure(
                        headers(HttpStatus.SERVICE_UNAVAILABLE),
                        "temporarily_unavailable",
                        words)));
  }

  /** An answer is whole, one write; a request counts from its first line. */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return routing.path().equals(PATH)
        ? ExchangeType.REQUEST_STREAMING
        : rest.exchangeType(routing);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    if (!ctx.path().equals(PATH)) {
      return rest.serve(ctx, req);
    }
    return HttpResponse.of(
        req.aggregate().thenCompose(whole -> answer(ctx, whole)).toCompletableFuture());
  }

  private CompletionStage<HttpResponse> answer(
      ServiceRequestContext ctx, AggregatedHttpRequest req) {
    Call call = Requests.of(ctx);
    if (req.method() != HttpMethod.POST) {
      return CompletableFuture.completedStage(
          failure(
              headers(HttpStatus.METHOD_NOT_ALLOWED).add(HttpHeaderNames.ALLOW, "POST"),
              "invalid_request",
              "a token is asked for by POST"));
    }
    TokenRequest asked;
    try {
      asked = TokenRequest.read(req.content().array());
    } catch (TokenRequest.Malformed e) {
      return CompletableFuture.completedStage(
          failure(headers(HttpStatus.BAD_REQUEST), e.error(), String.valueOf(e.getMessage())));
    }
    return Later.on(
        ctx,
        exchanges.exchange(call, asked.accountId(), asked.subjectToken()),
        (issued, trouble) ->
            trouble != null || issued == null
                ? failure(trouble == null ? new AssertionError("no answer") : trouble, call)
                : success(issued, call));
  }

  private static HttpResponse success(IamTokens.Issued issued, Call call) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("access_token", issued.token());
      json.writeStringField("issued_token_type", TokenRequest.ACCESS_TOKEN);
      json.writeStringField("token_type", "Bearer");
      json.writeNumberField(
          "expires_in", Duration.between(call.at(), issued.expiresAt()).toSeconds());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.of(headers(HttpStatus.OK).build(), HttpData.ofUtf8(body.toString()));
  }

  /**
   * A token that is not believed is an invalid grant, as OAuth has it of every other grant; RFC
   * 8693 has it an invalid request, and then nobody could tell his token from his spelling.
   */
  private static HttpResponse failure(Throwable trouble, Call call) {
    Status status = Problems.status(trouble, call.requestId());
    return switch (com.google.rpc.Code.forNumber(status.getCode())) {
      case UNAUTHENTICATED ->
          failure(headers(HttpStatus.BAD_REQUEST), "invalid_grant", status.getMessage());
      case RESOURCE_EXHAUSTED -> {
        ResponseHeadersBuilder headers = headers(HttpStatus.TOO_MANY_REQUESTS);
        Problems.retryAfter(trouble)
            .ifPresent(seconds -> headers.addLong(HttpHeaderNames.RETRY_AFTER, seconds));
        yield failure(headers, "temporarily_unavailable", status.getMessage());
      }
      case UNAVAILABLE ->
          failure(
              headers(HttpStatus.SERVICE_UNAVAILABLE),
              "temporarily_unavailable",
              status.getMessage());
      default ->
          failure(headers(HttpStatus.INTERNAL_SERVER_ERROR), "server_error", status.getMessage());
    };
  }

  private static HttpResponse failure(
      ResponseHeadersBuilder headers, String error, String description) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("error", error);
      json.writeStringField("error_description", description);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(body.toString()));
  }

  private static ResponseHeadersBuilder headers(HttpStatus status) {
    return ResponseHeaders.builder(status)
        .add(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .add(HttpHeaderNames.PRAGMA, "no-cache");
  }
}
