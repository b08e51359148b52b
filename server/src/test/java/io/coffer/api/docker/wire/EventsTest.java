package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventsTest {
  private static final EventView EVENT =
      new EventView(
          EventView.Action.UPDATE,
          "a9vo93y4g7awfux8ai25qku4h",
          "Fc-ev1",
          Instant.ofEpochSecond(1_795_329_612L, 571_397_736));

  @Test
  void anEventIsALineAsAnEngineWritesIt() {
    assertThat(new String(EVENT.line(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"Type\":\"secret\",\"Action\":\"update\",\"Actor\":{\"ID\":\"a9vo93y4g7awfux8ai25qku4h\",\"Attributes\":{\"name\":\"Fc-ev1\"}},\"scope\":\"swarm\",\"time\":1795329612,\"timeNano\":1795329612571397736}\n");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | true",
        "{}                                              | true",
        "{\"type\":[\"secret\"]}                         | true",
        "{\"type\":{\"secret\":true}}                    | true",
        "{\"type\":[\"node\",\"secret\"]}                | true",
        "{\"type\":[\"secre\"]}                          | false",
        "{\"type\":[\"container\"]}                      | false",
        "{\"event\":[\"create\",\"update\"]}             | true",
        "{\"event\":[\"remove\"]}                        | false",
        "{\"event\":[\"upd\"]}                           | false",
        "{\"type\":[\"secret\"],\"event\":[\"remove\"]}  | false",
        "{\"scope\":[\"swarm\"]}                         | true",
        "{\"scope\":[\"local\"]}                         | false",
        "{\"secret\":[\"Fc-ev1\"]}                       | true",
        "{\"secret\":[\"Fc\"]}                           | true",
        "{\"secret\":[\"fc\"]}                           | false",
        "{\"secret\":[\"a9vo\"]}                         | true",
        "{\"secret\":[\"9vo\"]}                          | false",
        "{\"secret\":[\"x\",\"Fc\"]}                     | true",
        "{\"container\":[\"Fc\"]}                        | true",
        "{\"node\":[\"x\"]}                              | false",
        "{\"service\":[\"a9\"],\"network\":[\"Fc\"]}     | true",
        "{\"label\":[\"name\"]}                          | true",
        "{\"label\":[\"name=Fc-ev1\"]}                   | true",
        "{\"label\":[\"name=\"]}                         | false",
        "{\"label\":[\"name\",\"env\"]}                  | false",
        "{\"label\":[\"env=prod\"]}                      | false",
        "{\"bogus\":[\"x\"]}                             | true",
      })
  void aFilterIncludes(String filters, boolean included) {
    assertThat(new EventFilter(Filters.parse(filters)).includes(EVENT)).isEqualTo(included);
  }

  @Test
  void timesAreSecondsWithAFraction() {
    assertThat(EventSpan.of("", "")).isEqualTo(span(null, null));
    assertThat(EventSpan.of("", "").asksForThePast()).isFalse();
    assertThat(EventSpan.of("-1", "")).isEqualTo(span(null, null));
    assertThat(EventSpan.of("1795329612.000000001", ""))
        .isEqualTo(span(Instant.ofEpochSecond(1_795_329_612, 1), null));
    assertThat(EventSpan.of("0", "1.5"))
        .isEqualTo(span(Instant.EPOCH, Instant.ofEpochSecond(1, 500_000_000)));
    assertThat(EventSpan.of("1.1234567891", ""))
        .isEqualTo(span(Instant.ofEpochSecond(1, 123_456_789), null));
    assertThat(EventSpan.of("9223372036854775807", "").asksForThePast()).isTrue();
    assertThat(EventSpan.of("", "-9223372036854775808").asksForThePast()).isTrue();
  }

  @Test
  void bothEndsAreIncluded() {
    EventSpan span = EventSpan.of("10", "20");
    assertThat(span.holds(Instant.ofEpochSecond(10))).isTrue();
    assertThat(span.holds(Instant.ofEpochSecond(20))).isTrue();
    assertThat(span.holds(Instant.ofEpochSecond(10).minusNanos(1))).isFalse();
    assertThat(span.holds(Instant.ofEpochSecond(20).plusNanos(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "abc,,500,'strconv.ParseInt: parsing \"abc\": invalid syntax'",
    "1.,,500,'strconv.ParseInt: parsing \"\": invalid syntax'",
    "1.x,,500,'strconv.ParseInt: parsing \"x\": invalid syntax'",
    ",5m,500,'strconv.ParseInt: parsing \"5m\": invalid syntax'",
    "9223372036854775808,,500,'strconv.ParseInt: parsing \"9223372036854775808\": value out of"
        + " range'",
    "20,10,400,'`since` time (20) cannot be after `until` time (10)'",
    "20.5,20.25,400,'`since` time (20.5) cannot be after `until` time (20.25)'",
  })
  void aBadTimeIsRefusedInGosWords(
      @Nullable String since, @Nullable String until, int status, String text) {
    assertThatThrownBy(() -> EventSpan.of(since == null ? "" : since, until == null ? "" : until))
        .isInstanceOfSatisfying(
            DockerError.class,
            error -> {
              assertThat(error.status()).isEqualTo(status);
              assertThat(error.text()).isEqualTo(text);
            });
  }

  private static EventSpan span(@Nullable Instant since, @Nullable Instant until) {
    return new EventSpan(Optional.ofNullable(since), Optional.ofNullable(until));
  }
}
