package io.coffer.api.docker.plugin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.SecretBytes;
import io.coffer.core.secret.SecretProviders.Wanted;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that plugins allow to be used again, for a short while. They are wiped when that is over,
 * when there are too many, and when the same is kept anew.
 */
final class RecentValues {
  static final Duration LIFETIME = Duration.ofSeconds(30);
  static final int BYTES_MAX = 8 << 20;

  /** What an entry takes beside its value. */
  static final int OVERHEAD = 256;

  private final Cache<Key, Kept> values;

  /**
   * Empty.
   *
   * @param nanoTime runs on evenly
   */
  RecentValues(LongSupplier nanoTime) {
    values =
        Caffeine.newBuilder()
            .maximumWeight(BYTES_MAX)
            .weigher((Key _, Kept kept) -> OVERHEAD + kept.value.length())
            .expireAfterWrite(LIFETIME)
            .ticker(nanoTime::getAsLong)
            // Or nothing would be wiped while nobody asks.
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener((@Nullable Key _, @Nullable Kept kept, RemovalCause _) -> {
              if (kept != null) {
                kept.wipe();
              }
            })
            .build();
  }

  private record Key(String secretId, long revision, String driver) {
    static Key of(Wanted wanted) {
      return new Key(wanted.secretId(), wanted.revision(), wanted.driver());
    }
  }

  /** A copy of what is kept; whoever gets it closes it. */
  Optional<SecretBytes> copy(Wanted wanted) {
    Kept kept = values.getIfPresent(Key.of(wanted));
    return kept == null ? Optional.empty() : kept.copy();
  }

  /** Keeps a copy; {@code value} stays the caller's. */
  void keep(Wanted wanted, SecretBytes value) {
    values.put(Key.of(wanted), new Kept(copyOf(value)));
  }

  /** Does now what would be done soon: wipes what is over. */
  void tidy() {
    values.cleanUp();
  }

  void wipe() {
    values.invalidateAll();
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed by whoever the copy is for.
  private static SecretBytes copyOf(SecretBytes value) {
    return SecretBytes.takeOver(value.lend(byte[]::clone));
  }

  /** A value that is wiped between two copies, never during one. */
  private static final class Kept {
    private final SecretBytes value;

    @GuardedBy("this")
    private boolean wiped;

    Kept(SecretBytes value) {
      this.value = value;
    }

    synchronized Optional<SecretBytes> copy() {
      return wiped ? Optional.empty() : Optional.of(copyOf(value));
    }

    synchronized void wipe() {
      wiped = true;
      value.close();
    }
  }
}
