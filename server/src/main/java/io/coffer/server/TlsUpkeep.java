package io.coffer.server;

import io.coffer.api.rpc.Bugs;
import io.coffer.crypto.tls.ServerIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the TLS listeners show and whom they believe, kept fresh while they serve: files that change
 * are read again, and a certificate of the built-in authority is renewed before it ends.
 */
final class TlsUpkeep implements AutoCloseable {
  static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** A server's certificate of the built-in authority lives 397 days. */
  static final Duration RENEW_BEFORE = Duration.ofDays(30);

  /** Somebody else has to renew what was given in files, and hears of it this long before. */
  static final Duration WARN_BEFORE = Duration.ofDays(7);

  static final Duration WARN_EVERY = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(TlsUpkeep.class);

  private final Settings settings;
  private final Tls own;
  private final InstantSource clock;
  private final Shown shown;
  private final List<WatchedFiles> watched = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("tls").daemon().unstarted(work));

  private Instant warned = Instant.MIN;

  /**
   * Throws {@link Mistakes} if a file has become unusable since the settings were read.
   *
   * @param before what listeners show that are there already
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // At the first opening there is none.
  TlsUpkeep(Settings settings, Tls own, InstantSource clock, Optional<Shown> before) {
    this.settings = settings;
    this.own = own;
    this.clock = clock;
    TlsSettings tls = settings.tls();
    ServerIdentity identity = tls.files().isPresent() ? given() : own.issue(settings);
    this.shown = before.orElseGet(() -> Shown.of(settings, identity, own.clientAuthorities()));
    shown.served().serve(identity);
    watch(tls.clientCa(), shown.apiClients());
    watch(tls.dockerClientCa().or(tls::clientCa), shown.dockerClients());
    tls.files()
        .ifPresent(files ->
            watched.add(
                new WatchedFiles(
                    "the server's certificate",
                    List.of(files.certificate(), files.key()),
                    () -> serve(given()))));
  }

  private ServerIdentity given() {
    return settings.tls().files().orElseThrow().read(clock.instant());
  }

  private void watch(Optional<AuthoritiesFile> given, ClientTrust trust) {
    given.ifPresentOrElse(
        file ->
            watched.add(
                new WatchedFiles(
                    "whose client certificates count",
                    List.of(file.file()),
                    () -> trust.trust(authorities(file)))),
        () -> trust.trust(own.clientAuthorities()));
  }

  private static ClientAuthorities authorities(AuthoritiesFile file) {
    try {
      return file.read();
    } catch (IllegalArgumentException e) {
      throw new Mistakes(List.of(file.file() + ": " + e.getMessage()));
    }
  }

  Shown shown() {
    return shown;
  }

  /** Everything that clients may call the server. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(Tls.names(settings));
    names.addAll(served().names());
    return names;
  }

  ServerIdentity served() {
    return shown.served().served();
  }

  /** Puts what clients are to trust where they can read it. */
  Path publish() {
    return settings.tls().files().isPresent()
        ? Tls.publish(settings.dataDir(), served().trustPem())
        : own.publish(settings.dataDir());
  }

  /** Looks from now on, every few seconds. */
  void start() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toNanos(), LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
  }

  void look() {
    try {
      watched.forEach(WatchedFiles::look);
      if (settings.tls().files().isPresent()) {
        warn();
      } else {
        renew();
      }
    } catch (RuntimeException | AssertionError e) {
      log.atError().addKeyValue("bug", Bugs.describe(e)).log("cannot look after TLS");
    }
  }

  private void renew() {
    Instant ends = served().notAfter();
    if (clock.instant().plus(RENEW_BEFORE).isAfter(ends)
        && ends.isBefore(own.authority().notAfter())) {
      serve(own.issue(settings));
    }
  }

  private void warn() {
    Instant now = clock.instant();
    Instant ends = served().notAfter();
    if (now.plus(WARN_BEFORE).isAfter(ends) && !now.isBefore(warned)) {
      warned = now.plus(WARN_EVERY);
      log.atWarn().addKeyValue("ends", ends).log("the server's certificate ends soon or has ended");
    }
  }

  private void serve(ServerIdentity identity) {
    if (identity.chain().equals(served().chain())) {
      return;
    }
    shown.served().serve(identity);
    publish();
    log.atInfo()
        .addKeyValue("ends", identity.notAfter())
        .log("new connections are shown a new certificate");
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
