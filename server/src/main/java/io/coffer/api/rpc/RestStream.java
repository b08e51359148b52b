package io.coffer.api.rpc;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.core.Call;
import java.util.concurrent.CompletionStage;

/**
 * An answer over REST that goes on until one of both sides ends it. It is no published method: it
 * has a path, which is asked for by GET, and its request is the query.
 */
public record RestStream(String path, Handler handler) {
  /** Begins the answer. May throw what the stage may fail with. */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<HttpResponse> open(
        ServiceRequestContext ctx, Call call, RestAsked asked, Standing standing);
  }

  /** Whether the caller is still who he was: to be asked now and then while the answer goes on. */
  @FunctionalInterface
  public interface Standing {
    /** The call as if it were asked now; throws what it would be refused with now. */
    Call again();
  }
}
