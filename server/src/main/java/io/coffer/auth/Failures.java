package io.coffer.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.Problem;
import io.coffer.core.Call;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Credentials that were not believed, by where they come from. Too many of one key from one address
 * and that key is not looked at any more from there, too many of any and no key is, until enough of
 * them have leaked away; but for keys that were believed from there lately, so that who shares an
 * address with others is not shut out by them, also if they fail with his key's name. From other
 * addresses the same key goes on. Whoever comes by a Unix socket is not counted.
 */
public final class Failures {
  /** Of any keys from one address, as many times what one key may fail. */
  static final int PER_ADDRESS = 3;

  /** How long a key counts as believed from an address. */
  static final Duration KNOWN = Duration.ofHours(1);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int KEYS_MAX = 20_000;
  private static final int ADDRESSES_MAX = 20_000;

  /** A key's id as somebody claims to have it, and where from. */
  private record Claim(String network, String keyId) {}

  private final Cache<Claim, Allowance> claims =
      Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
  private final Cache<String, Allowance> networks =
      Caffeine.newBuilder().maximumSize(ADDRESSES_MAX).build();
  private final Cache<Claim, Long> known = Caffeine.newBuilder().maximumSize(KEYS_MAX).build();

  private final int perMinute;
  private final Pace ofClaim;
  private final Pace ofNetwork;
  private final LongSupplier nanos;

  /**
   * Counts by a clock that only goes forward.
   *
   * @param perMinute of one key from one address; 0 if nothing is to be limited
   */
  public Failures(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    int atOnce = Math.max(1, perMinute);
    this.ofClaim = Pace.of(atOnce, MINUTE);
    this.ofNetwork = Pace.of(Math.multiplyExact(atOnce, PER_ADDRESS), MINUTE);
    this.nanos = nanos;
  }

  /**
   * Throws {@link Problem.TooMany} if {@code keyId} is not to be looked at now.
   *
   * @param keyId as claimed, empty if none is
   */
  void require(Call call, String keyId) {
    if (!counts(call)) {
      return;
    }
    long now = nanos.getAsLong();
    Claim claim = claim(call, keyId);
    if (isKnown(claim, now)) {
      return;
    }
    Allowance ofIt = claims.getIfPresent(claim);
    if (ofIt != null) {
      refuseAfter(ofIt.look(ofClaim, now));
    }
    Allowance ofAll = networks.getIfPresent(claim.network());
    if (ofAll != null) {
      refuseAfter(ofAll.look(ofNetwork, now));
    }
  }

  private static void refuseAfter(Duration wait) {
    if (wait.isPositive()) {
      throw new Problem.TooMany("too many failed logins from this address", wait).asException();
    }
  }

  private boolean isKnown(Claim claim, long now) {
    Long at = known.getIfPresent(claim);
    return at != null && now - at < KNOWN.toNanos();
  }

  /** One more was not believed. */
  void failed(Call call, String keyId) {
    if (counts(call)) {
      long now = nanos.getAsLong();
      Claim claim = claim(call, keyId);
      claims.get(claim, _ -> new Allowance(now)).take(ofClaim, now);
      networks.get(claim.network(), _ -> new Allowance(now)).take(ofNetwork, now);
    }
  }

  /** {@code keyId} was right, from there. */
  void believed(Call call, String keyId) {
    if (counts(call)) {
      known.put(claim(call, keyId), nanos.getAsLong());
    }
  }

  private boolean counts(Call call) {
    return perMinute > 0 && !call.remoteAddress().equals(ClientAddress.UNIX);
  }

  private static Claim claim(Call call, String keyId) {
    return new Claim(ClientAddress.network(call.remoteAddress()), keyId);
  }
}
