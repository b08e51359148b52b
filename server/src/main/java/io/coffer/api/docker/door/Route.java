package io.coffer.api.docker.door;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A page of the door: what is asked for, and what answers.
 *
 * @param toAnybody whether nobody has to be believed for it
 */
record Route(HttpMethod method, PathPattern path, Handler handler, boolean toAnybody) {
  /** Answers; a {@code Problem} or a {@code DockerError} may be thrown or end the stage. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> answer(Asked asked);

    /** For what is known at once. */
    static Handler now(Now page) {
      return asked -> CompletableFuture.completedStage(page.answer(asked));
    }
  }

  /** Answers without waiting for anything. */
  @FunctionalInterface
  interface Now {
    HttpResponse answer(Asked asked);
  }

  static Route get(String path, Handler handler) {
    return of(HttpMethod.GET, path, handler);
  }

  static Route post(String path, Handler handler) {
    return of(HttpMethod.POST, path, handler);
  }

  static Route delete(String path, Handler handler) {
    return of(HttpMethod.DELETE, path, handler);
  }

  static Route of(HttpMethod method, String path, Handler handler) {
    return new Route(method, PathPattern.of(path), handler, false);
  }

  Route forAnybody() {
    return new Route(method, path, handler, true);
  }
}
