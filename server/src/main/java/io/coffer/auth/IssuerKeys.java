package io.coffer.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.core.workload.Federation;
import io.coffer.core.workload.JwksUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of issuers, fetched when they are wanted and kept. At most one fetch for a federation is
 * under way, and {@link #FETCHES_MAX} at all; whoever wants other keys does not wait for them. Keys
 * that were had go on being used while the issuer is not to be reached.
 */
public final class IssuerKeys {
  /** Of all federations together. */
  public static final int FETCHES_MAX = 16;

  private static final int ISSUERS_MAX = 1_000;
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private final KeySource source;
  private final Life life;
  private final Semaphore fetches = new Semaphore(FETCHES_MAX);
  private final Cache<Place, Issuer> issuers =
      Caffeine.newBuilder().maximumSize(ISSUERS_MAX).executor(Runnable::run).build();

  public IssuerKeys(KeySource source, Life life) {
    this.source = source;
    this.life = life;
  }

  /**
   * How long keys are used.
   *
   * @param fresh without asking again
   * @param pause between two questions, because the first was not answered or a token names a key
   *     that is not known
   * @param kept while the issuer does not answer
   */
  public record Life(Duration fresh, Duration pause, Duration kept) {
    public static final Life DEFAULT =
        new Life(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofHours(24));
  }

  /** Keys of one place are not those of another that a federation was given since. */
  private record Place(String federationId, String jwksUrl) {}

  private record Fetched(IssuerKeySet keys, Instant at) {}

  /**
   * The keys, with that of this id if the issuer tells of it; empty if none are to be had.
   *
   * @param keyId as a token names the key
   */
  CompletionStage<Optional<IssuerKeySet>> keys(Federation federation, String keyId, Instant now) {
    Place place = new Place(federation.id(), federation.jwksUrl());
    return issuers.get(place, Issuer::new).keys(keyId, now);
  }

  private final class Issuer {
    private final Place place;

    @GuardedBy("this")
    private @Nullable Fetched fetched;

    @GuardedBy("this")
    private @Nullable Instant tried;

    @GuardedBy("this")
    private @Nullable CompletableFuture<Optional<IssuerKeySet>> running;

    Issuer(Place place) {
      this.place = place;
    }

    CompletionStage<Optional<IssuerKeySet>> keys(String keyId, Instant now) {
      CompletableFuture<Optional<IssuerKeySet>> mine;
      synchronized (this) {
        Fetched had = fetched;
        if (had != null && within(had.at(), life.fresh(), now) && had.keys().has(keyId)) {
          return CompletableFuture.completedStage(Optional.of(had.keys()));
        }
        CompletableFuture<Optional<IssuerKeySet>> underWay = running;
        if (underWay != null) {
          return underWay.copy();
        }
        Instant last = tried;
        if ((last != null && within(last, life.pause(), now)) || !fetches.tryAcquire()) {
          return CompletableFuture.completedStage(usable(now));
        }
        tried = now;
        mine = new CompletableFuture<>();
        running = mine;
      }
      // Outside the lock: it may complete at once.
      begin().whenComplete((text, trouble) -> ended(mine, text, trouble, now));
      return mine.copy();
    }

    private CompletionStage<String> begin() {
      try {
        return source.fetch(JwksUrl.parse(place.jwksUrl()));
      } catch (RuntimeException e) {
        return CompletableFuture.failedStage(e);
      }
    }

    private void ended(
        CompletableFuture<Optional<IssuerKeySet>> mine,
        @Nullable String text,
        @Nullable Throwable trouble,
        Instant now) {
      fetches.release();
      Optional<IssuerKeySet> keys = text == null ? Optional.empty() : IssuerKeySet.parse(text);
      if (keys.isEmpty()) {
        log.atWarn()
            .addKeyValue("federation", place.federationId())
            .addKeyValue("why", trouble == null ? "not a key set" : Trouble.of(trouble))
            .log("the keys of an issuer are not to be had");
      }
      Optional<IssuerKeySet> answer;
      synchronized (this) {
        keys.ifPresent(set -> fetched = new Fetched(set, now));
        running = null;
        answer = usable(now);
      }
      mine.complete(answer);
    }

    @GuardedBy("this")
    private Optional<IssuerKeySet> usable(Instant now) {
      Fetched had = fetched;
      return had != null && within(had.at(), life.kept(), now)
          ? Optional.of(had.keys())
          : Optional.empty();
    }
  }

  /** A clock that was set back makes all of it old. */
  private static boolean within(Instant since, Duration span, Instant now) {
    return !now.isBefore(since) && now.isBefore(since.plus(span));
  }

  /** What went wrong, by its kind: its words may quote what the other side said. */
  private static final class Trouble {
    static String of(Throwable trouble) {
      Throwable cause = trouble.getCause();
      return cause == null
          ? trouble.getClass().getSimpleName()
          : trouble.getClass().getSimpleName() + " < " + cause.getClass().getSimpleName();
    }
  }
}
