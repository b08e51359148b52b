package io.coffer.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.auth.ClientAddress;
import io.coffer.core.Call;
import java.util.OptionalLong;

/**
 * How many refusals of one caller are written down: {@link #PER_SECOND} a second, so that nobody
 * can fill the trail by being refused. The rest are counted and told with his next one.
 */
final class RefusalShares {
  static final int PER_SECOND = 10;
  private static final int CALLERS_MAX = 10_000;

  private final Cache<String, Share> shares =
      Caffeine.newBuilder().maximumSize(CALLERS_MAX).build();

  /** How many were left out before this one; or empty if this one is to be left out. */
  OptionalLong take(Call call) {
    return share(call).take(call.at().getEpochSecond());
  }

  /** Takes back what {@link #take} told, since nobody wrote it down. */
  void owe(Call call, long leftOut) {
    share(call).owe(leftOut);
  }

  private Share share(Call call) {
    String who =
        call.caller().believed()
            ? call.caller().subject().id()
            : "@" + ClientAddress.network(call.remoteAddress());
    return shares.get(who, _ -> new Share());
  }

  private static final class Share {
    @GuardedBy("this")
    private long second;

    @GuardedBy("this")
    private int taken;

    @GuardedBy("this")
    private long leftOut;

    synchronized OptionalLong take(long now) {
      if (now != second) {
        second = now;
        taken = 0;
      }
      if (taken == PER_SECOND) {
        leftOut++;
        return OptionalLong.empty();
      }
      taken++;
      long told = leftOut;
      leftOut = 0;
      return OptionalLong.of(told);
    }

    synchronized void owe(long untold) {
      leftOut += untold;
    }
  }
}
