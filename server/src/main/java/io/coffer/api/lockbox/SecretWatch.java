package io.coffer.api.lockbox;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.Problem;
import io.coffer.api.rpc.RestAsked;
import io.coffer.api.rpc.RestStream;
import io.coffer.core.Call;
import io.coffer.core.change.ChangeFeed;
import io.coffer.core.secret.Secrets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The changes of a folder's secrets as they happen, as server-sent events: so that nobody has to
 * poll. Beyond the original, where no client can be hurt.
 */
public final class SecretWatch {
  private static final String PATH = "/lockbox/v1/secrets:watch";

  private final Secrets secrets;
  private final ChangeFeed feed;
  private final WatchSlots slots = new WatchSlots();

  public SecretWatch(Secrets secrets, ChangeFeed feed) {
    this.secrets = secrets;
    this.feed = feed;
  }

  public RestStream stream() {
    return new RestStream(PATH, this::open);
  }

  private CompletionStage<HttpResponse> open(
      ServiceRequestContext ctx, Call call, RestAsked asked, RestStream.Standing standing) {
    String folderId = asked.query("folderId", "folder_id");
    if (folderId.isEmpty()) {
      throw new Problem.Violated("folderId", "presence", "required").asException();
    }
    Optional<WatchPosition> position = position(asked);
    return secrets
        .requireListable(call, folderId)
        .thenApply(_ ->
            new WatchStream(
                    ctx,
                    call.caller(),
                    folderId,
                    position,
                    () -> secrets.requireListable(standing.again(), folderId))
                .open(feed, slots));
  }

  /** Where the client left off; what its library says of it wins over what its address says. */
  private static Optional<WatchPosition> position(RestAsked asked) {
    String last = asked.header("last-event-id");
    String text = last.isEmpty() ? asked.query("revision") : last;
    return text.isEmpty() ? Optional.empty() : Optional.of(WatchPosition.parse(text));
  }
}
