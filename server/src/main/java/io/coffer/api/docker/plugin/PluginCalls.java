package io.coffer.api.docker.plugin;

import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import io.coffer.CofferException;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One request to a plugin, and what can come of it. */
final class PluginCalls {
  /** The longest value takes 682,668 characters; the rest is for how it may be written. */
  static final int ANSWER_BYTES_MAX = 1 << 20;

  private static final String ACCEPT = "application/vnd.docker.plugins.v1.2+json";

  /** As engines call whom they reach over a socket. */
  private static final String NO_HOST = "plugin.moby.localhost";

  private PluginCalls() {}

  /**
   * Asks, and reads the answer with {@code read}; its bytes are wiped afterwards.
   *
   * @param path of the procedure, with its slash
   * @param within what is left of the call's time
   */
  static <T> CompletionStage<T> post(
      PluginName name,
      PluginAddress at,
      WebClient client,
      String path,
      byte[] body,
      Duration within,
      Function<byte[], T> read) {
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.POST, path)
            .authority(authority(at))
            .add(HttpHeaderNames.USER_AGENT, "Coffer")
            .add(HttpHeaderNames.ACCEPT, ACCEPT)
            .contentLength(body.length)
            .build();
    RequestOptions options =
        RequestOptions.builder()
            .responseTimeout(within)
            .maxResponseLength(ANSWER_BYTES_MAX)
            .build();
    return client
        .execute(HttpRequest.of(headers, HttpData.wrap(body)), options)
        .aggregate()
        .handle((answer, trouble) -> {
          if (trouble != null) {
            throw new Problem.DriverFailed(name.value(), kind(trouble)).asException();
          }
          return read(name, answer, read);
        });
  }

  private static String authority(PluginAddress at) {
    return switch (at) {
      case PluginAddress.Socket _ -> NO_HOST;
      case PluginAddress.Tcp tcp -> tcp.authority();
    };
  }

  private static <T> T read(
      PluginName name, AggregatedHttpResponse answer, Function<byte[], T> read) {
    byte[] body = answer.content().array();
    try {
      if (answer.status().code() != HttpStatus.OK.code()) {
        throw new Problem.DriverFailed(name.value(), DriverTrouble.REFUSED).asException();
      }
      return read.apply(body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** What the transport says may quote the answer, so only its kind is kept. */
  private static DriverTrouble kind(Throwable trouble) {
    return switch (trouble) {
      case CompletionException wrapped when wrapped.getCause() != null -> kind(wrapped.getCause());
      case UnprocessedRequestException _, ClosedSessionException _ -> DriverTrouble.UNREACHABLE;
      case ResponseTimeoutException _ -> DriverTrouble.LATE;
      case ContentTooLargeException _ -> DriverTrouble.VALUE_SIZE;
      default -> DriverTrouble.MALFORMED;
    };
  }

  /** The problem that {@code trouble} is; a bug stays what it is. */
  static Throwable bare(Throwable trouble) {
    return trouble instanceof CompletionException && trouble.getCause() != null
        ? bare(trouble.getCause())
        : trouble;
  }

  /** Whether another try may find or reach the plugin. An answer is never asked for again. */
  static boolean mayPass(Throwable trouble) {
    return bare(trouble) instanceof CofferException e
        && e.problem() instanceof Problem.DriverFailed failed
        && switch (failed.trouble()) {
          case UNKNOWN, UNREACHABLE -> true;
          case UNFIT, MISCONFIGURED, LATE, BUSY, REFUSED, MALFORMED, VALUE_SIZE -> false;
        };
  }
}
