package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.CreateApiKey;
import io.coffer.core.iam.IssuedApiKey;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is kept out for asking too often, by a clock that the test moves. */
final class GateTest {
  private static final int FAILURES = 10;
  private static final int REQUESTS = 5;
  private static final String STRANGER = "203.0.113.66";
  private static final String OWNER = "192.0.2.7";

  private final SimWorld world = SimWorld.of(31);
  private final String accountId = AccountDrafts.made(world, "robot");
  private final AtomicLong nanos = new AtomicLong(-77);
  private final Gate gate = gate(FAILURES, 0);

  @AfterEach
  void close() {
    world.close();
  }

  private Gate gate(int failures, int requests) {
    return new Gate(
        new Bearer(world.engine(), world.tokens(), world.witness()),
        new Failures(failures, nanos::get),
        new Rates(requests, nanos::get));
  }

  private Call from(String address) {
    return new Call(
        Caller.nobody(), Call.Door.LOCKBOX, world.clock().instant(), "r", address, "test");
  }

  private Caller admit(String address, String header) {
    return admit(gate, address, header);
  }

  private Caller admit(Gate through, String address, String header) {
    return through.admit(new Credentials(Optional.of(header), Optional.empty()), from(address));
  }

  private Problem refusal(String address, String header) {
    return refusal(gate, address, header);
  }

  private Problem refusal(Gate through, String address, String header) {
    return catchThrowableOfType(CofferException.class, () -> admit(through, address, header))
        .problem();
  }

  private String apiKey() {
    try (IssuedApiKey issued =
        await(
            world
                .apiKeys()
                .create(
                    world.admin(), new CreateApiKey(accountId, "", List.of(), Optional.empty())))) {
      return issued.secret().lend(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static String wrong(String apiKey) {
    char last = apiKey.charAt(apiKey.length() - 1);
    return "Api-Key " + apiKey.substring(0, apiKey.length() - 1) + (last == 'A' ? 'E' : 'A');
  }

  private String token(Subject subject) {
    return "Bearer "
        + world
            .tokens()
            .issue(
                new IamTokens.Claims(
                    subject,
                    "",
                    world.clock().instant(),
                    world.clock().instant().plus(IamTokens.LIFE),
                    ""))
            .token();
  }

  @Test
  void aKeyThatFailedTooOftenFromAnAddressIsNotLookedAtThereUntilItHasLeakedAway() {
    String key = apiKey();
    for (int i = 0; i < FAILURES; i++) {
      assertThat(refusal(STRANGER, wrong(key))).isInstanceOf(Problem.Unauthenticated.class);
    }
    assertThat(refusal(STRANGER, wrong(key)))
        .isEqualTo(
            new Problem.TooMany("too many failed logins from this address", Duration.ofSeconds(6)));
    // Not even the right one, or it would pay to go on guessing.
    assertThat(refusal(STRANGER, "Api-Key " + key)).isInstanceOf(Problem.TooMany.class);
    advance(Duration.ofSeconds(6));
    assertThat(admit(STRANGER, "Api-Key " + key).via()).isEqualTo(Caller.Via.API_KEY);
  }

  @Test
  void notEvenAtHisOwnAddressOnceTheKeyWasBelievedThere() {
    String key = apiKey();
    admit(OWNER, "Api-Key " + key);
    for (int i = 0; i < 10 * FAILURES; i++) {
      refusal(OWNER, wrong(key));
    }
    assertThatCode(() -> admit(OWNER, "Api-Key " + key)).doesNotThrowAnyException();
  }

  @Test
  void nobodyShutsOutTheOwnerOfAKeyByFailingWithItsName() {
    String key = apiKey();
    for (int i = 0; i < 10 * FAILURES; i++) {
      refusal(STRANGER, wrong(key));
      refusal("2001:db8:0:0:0:0:0:" + Integer.toHexString(i), wrong(key));
    }
    assertThatCode(() -> admit(OWNER, "Api-Key " + key)).doesNotThrowAnyException();
  }

  @Test
  void ofVersion6AWholeNetworkIsOneAddress() {
    String key = apiKey();
    for (int i = 0; i < FAILURES; i++) {
      refusal("2001:db8:0:0:0:0:0:" + Integer.toHexString(i), wrong(key));
    }
    assertThat(refusal("2001:db8:0:0:ffff:0:0:1", wrong(key))).isInstanceOf(Problem.TooMany.class);
    assertThat(refusal("2001:db8:0:1:0:0:0:1", wrong(key)))
        .isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void fromAnAddressWhereManyKeysFailOnlyThoseBelievedThereLatelyAreLookedAt() {
    String known = apiKey();
    String other = apiKey();
    assertThatCode(() -> admit(STRANGER, "Api-Key " + known)).doesNotThrowAnyException();
    for (int i = 0; i < FAILURES * Failures.PER_ADDRESS; i++) {
      assertThat(refusal(STRANGER, "Basic " + i)).isNotNull();
      refusal(STRANGER, wrong(apiKey()));
    }
    assertThat(refusal(STRANGER, "Api-Key " + other)).isInstanceOf(Problem.TooMany.class);
    assertThatCode(() -> admit(STRANGER, "Api-Key " + known)).doesNotThrowAnyException();
    assertThatCode(() -> admit(OWNER, "Api-Key " + other)).doesNotThrowAnyException();
    advance(Duration.ofMinutes(1));
    assertThatCode(() -> admit(STRANGER, "Api-Key " + other)).doesNotThrowAnyException();
  }

  @Test
  void aGoodTokenAlwaysGetsInAndOneThatHasEndedAlwaysHearsIt() {
    String good = token(world.admin().caller().subject());
    for (int i = 0; i < FAILURES; i++) {
      assertThat(refusal(STRANGER, "Bearer t1.made.up"))
          .isInstanceOf(Problem.Unauthenticated.class);
    }
    assertThat(refusal(STRANGER, "Bearer t1.made.up")).isInstanceOf(Problem.TooMany.class);
    assertThatCode(() -> admit(STRANGER, good)).doesNotThrowAnyException();
    world.advance(IamTokens.LIFE.plusSeconds(1));
    for (int i = 0; i < 10 * FAILURES; i++) {
      assertThat(refusal(OWNER, good)).isInstanceOf(Problem.Unauthenticated.class);
    }
    assertThat(refusal(OWNER, "Bearer t1.made.up")).isInstanceOf(Problem.Unauthenticated.class);
  }

  @Test
  void whoComesByAUnixSocketIsNotCountedNorIsAnybodyWhoseLimitIsOff() {
    String key = apiKey();
    Gate off = gate(0, 0);
    for (int i = 0; i < 10 * FAILURES; i++) {
      assertThat(refusal(ClientAddress.UNIX, wrong(key)))
          .isInstanceOf(Problem.Unauthenticated.class);
      assertThat(refusal(off, STRANGER, wrong(key))).isInstanceOf(Problem.Unauthenticated.class);
    }
  }

  @Test
  void oneSubjectMayAskSoOftenASecondAndOthersAreNotHeldUp() {
    Gate strict = gate(0, REQUESTS);
    String first = token(world.admin().caller().subject());
    String second = "Api-Key " + apiKey();
    for (int i = 0; i < REQUESTS; i++) {
      admit(strict, OWNER, first);
    }
    // From anywhere, by whatever credential: it is the subject that counts.
    assertThat(refusal(strict, STRANGER, token(world.admin().caller().subject())))
        .isEqualTo(new Problem.TooMany("too many requests of this caller", Duration.ofMillis(200)));
    assertThatCode(() -> admit(strict, OWNER, second)).doesNotThrowAnyException();
    // What is under way already is not asked anew.
    assertThatCode(() ->
            strict.believe(new Credentials(Optional.of(first), Optional.empty()), from(OWNER)))
        .doesNotThrowAnyException();
    advance(Duration.ofMillis(200));
    assertThatCode(() -> admit(strict, OWNER, first)).doesNotThrowAnyException();
    assertThat(refusal(strict, OWNER, first)).isInstanceOf(Problem.TooMany.class);
  }

  @Test
  void whoIsKeptOutIsOnRecord() {
    CofferException kept =
        new Problem.TooMany("too many requests of this caller", Duration.ofSeconds(1))
            .asException();
    assertThat(
            catchThrowableOfType(
                    CofferException.class, () -> await(gate.refuse(from(STRANGER), "x", kept)))
                .problem())
        .isEqualTo(kept.problem());
    assertThat(world.records().getLast().toString()).contains(STRANGER);
  }
}
