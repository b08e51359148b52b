package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RouterTest {
  private static final Route.Handler NOTHING =
      Route.Handler.now(_ -> {
        throw new AssertionError("nobody asks");
      });

  private static Optional<List<String>> match(String pattern, String path) {
    return PathPattern.of(pattern).match(PathPattern.split(path));
  }

  @Test
  void aNameIsOnePartThatIsNotEmpty() {
    assertThat(match("/secrets/{id}", "/secrets/a b")).contains(List.of("a b"));
    assertThat(match("/secrets/{id}", "/secrets/")).isEmpty();
    assertThat(match("/secrets/{id}", "/secrets")).isEmpty();
    assertThat(match("/secrets/{id}", "/secrets/a/b")).isEmpty();
    assertThat(match("/secrets/{id}/update", "/secrets/a/update")).contains(List.of("a"));
    assertThat(match("/secrets", "/secrets/")).isEmpty();
  }

  @Test
  void aNameWithAStarIsOneOrMoreParts() {
    assertThat(match("/images/{name*}/json", "/images/a/json")).contains(List.of("a"));
    assertThat(match("/images/{name*}/json", "/images/r:5/a/b/json")).contains(List.of("r:5/a/b"));
    assertThat(match("/images/{name*}/json", "/images/json")).isEmpty();
    assertThat(match("/images/{name*}", "/images/a/b")).contains(List.of("a/b"));
    assertThat(match("/images/{name*}", "/images/")).isEmpty();
  }

  @Test
  void theFirstRouteThatFitsIsTaken() {
    Route create = Route.post("/secrets/create", NOTHING);
    Route one = Route.post("/secrets/{id}", NOTHING);
    Router router = new Router(List.of(create, one));
    assertThat(router.find(HttpMethod.POST, "/secrets/create").map(Router.Found::route))
        .contains(create);
    assertThat(router.find(HttpMethod.POST, "/secrets/x"))
        .contains(new Router.Found(one, List.of("x")));
    assertThat(router.find(HttpMethod.GET, "/secrets/x")).isEmpty();
    assertThat(router.find(HttpMethod.GET, "/")).isEmpty();
  }
}
