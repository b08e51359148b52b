package io.coffer.api.docker.plugin;

import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.PluginAnswer;
import io.coffer.api.docker.wire.PluginJson;
import io.coffer.api.docker.wire.SecretRules;
import io.coffer.core.secret.SecretProviders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The plugins of this machine as drivers of secrets. A plugin is looked for under its name,
 * activated once for each place it is found at, and asked; values it allows to be used again are
 * kept for a short while.
 */
public final class Plugins implements SecretProviders, AutoCloseable {
  private static final String PROTOCOL = "secretprovider";
  private static final byte[] NOTHING = {};

  private final PluginDirectory directory;
  private final Executor files;
  private final LongSupplier nanoTime;
  private final Patience patience;
  private final RecentValues recent;
  private final Turns turns = new Turns();

  /** Each plugin here was found in the directory, so there are no more than files in it. */
  private final Map<PluginName, Activation> activations = new ConcurrentHashMap<>();

  /**
   * None is known yet.
   *
   * @param files runs what blocks
   * @param nanoTime runs on evenly
   */
  public Plugins(
      PluginDirectory directory, Executor files, LongSupplier nanoTime, Patience patience) {
    this.directory = directory;
    this.files = files;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.recent = new RecentValues(nanoTime);
  }

  private record Activation(PluginAddress at, CompletableFuture<PluginAddress> done) {}

  /** One that was activated is not looked for again, though it may have gone, as engines do. */
  @Override
  public CompletionStage<Void> find(String driver) {
    return inTurn(
            driver,
            call -> {
              Activation known = activations.get(call.name());
              return known != null && known.done().isDone()
                  ? CompletableFuture.completedStage(known.at())
                  : call.persist(() -> activated(call));
            })
        .thenApply(_ -> null);
  }

  @Override
  public CompletionStage<SecretBytes> ask(Wanted wanted) {
    Optional<SecretBytes> kept = recent.copy(wanted);
    return kept.isPresent()
        ? CompletableFuture.completedStage(kept.get())
        : inTurn(
            wanted.driver(),
            call -> call.persist(() -> activated(call).thenCompose(at -> get(call, at, wanted))));
  }

  private <T> CompletionStage<T> inTurn(String driver, Function<Pending, CompletionStage<T>> work) {
    try {
      PluginName name = new PluginName(driver);
      if (!turns.enter(name)) {
        throw new Problem.DriverFailed(driver, DriverTrouble.BUSY).asException();
      }
      Pending call = new Pending(name, nanoTime.getAsLong() + patience.whole().toNanos());
      // Whatever is thrown on the way to a stage ends the turn as well.
      return CompletableFuture.completedStage(call)
          .thenCompose(work)
          .whenComplete((_, _) -> turns.leave(name));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** A call that waits for a plugin, until {@code end} at the latest. */
  private final class Pending {
    private final PluginName name;
    private final long end;

    Pending(PluginName name, long end) {
      this.name = name;
      this.end = end;
    }

    PluginName name() {
      return name;
    }

    Duration left() {
      return Duration.ofNanos(Math.max(1, end - nanoTime.getAsLong()));
    }

    <T> CompletionStage<T> persist(Supplier<CompletionStage<T>> attempt) {
      return persist(attempt, 0);
    }

    private <T> CompletionStage<T> persist(Supplier<CompletionStage<T>> attempt, int failures) {
      return attempt
          .get()
          .exceptionallyCompose(trouble -> {
            if (failures == patience.pauses().size()
                || !PluginCalls.mayPass(trouble)
                || patience.pauses().get(failures).compareTo(left()) >= 0) {
              return CompletableFuture.failedStage(PluginCalls.bare(trouble));
            }
            Duration pause = patience.pauses().get(failures);
            return CompletableFuture.runAsync(
                    () -> {},
                    CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, files))
                .thenCompose(_ -> persist(attempt, failures + 1));
          });
    }
  }

  private CompletionStage<PluginAddress> activated(Pending call) {
    return CompletableFuture.supplyAsync(() -> place(call.name()), files)
        .thenCompose(at -> activated(call, at));
  }

  /** Where it is; of one that has gone, where it was: it may come back. */
  private PluginAddress place(PluginName name) {
    return directory
        .find(name)
        .or(() -> Optional.ofNullable(activations.get(name)).map(Activation::at))
        .orElseThrow(() -> failed(name, DriverTrouble.UNKNOWN));
  }

  private CompletionStage<PluginAddress> activated(Pending call, PluginAddress at) {
    AtomicBoolean first = new AtomicBoolean();
    Activation here =
        activations.compute(
            call.name(),
            (_, before) -> {
              if (before != null && before.at().equals(at)) {
                return before;
              }
              first.set(true);
              return new Activation(at, new CompletableFuture<>());
            });
    if (first.get()) {
      CompletableFuture.completedStage(call)
          .thenCompose(one -> activate(one, at))
          .whenComplete((_, trouble) -> {
            if (trouble == null) {
              here.done().complete(at);
            } else {
              activations.remove(call.name(), here);
              here.done().completeExceptionally(trouble);
            }
          });
    }
    return here.done();
  }

  private CompletionStage<Boolean> activate(Pending call, PluginAddress at) {
    return post(
        call,
        at,
        "/Plugin.Activate",
        NOTHING,
        body -> {
          if (!PluginJson.implemented(body).contains(PROTOCOL)) {
            throw failed(call.name(), DriverTrouble.UNFIT);
          }
          return true;
        });
  }

  private CompletionStage<SecretBytes> get(Pending call, PluginAddress at, Wanted wanted) {
    byte[] question = PluginJson.getSecret(wanted.secretName(), wanted.labels());
    return post(call, at, "/SecretProvider.GetSecret", question, body -> value(call, wanted, body));
  }

  private SecretBytes value(Pending call, Wanted wanted, byte[] body) {
    PluginAnswer answer = PluginJson.answer(body);
    SecretBytes value = answer.value();
    if (answer.failed() || value.length() == 0 || value.length() > SecretRules.DATA_BYTES_MAX) {
      answer.close();
      throw failed(call.name(), answer.failed() ? DriverTrouble.REFUSED : DriverTrouble.VALUE_SIZE);
    }
    if (!answer.doNotReuse()) {
      recent.keep(wanted, value);
    }
    return value;
  }

  private <T> CompletionStage<T> post(
      Pending call, PluginAddress at, String path, byte[] body, Function<byte[], T> read) {
    return CompletableFuture.supplyAsync(() -> directory.client(call.name(), at), files)
        .thenCompose(client ->
            PluginCalls.post(
                call.name(),
                at,
                client,
                path,
                body,
                call.left(),
                answer -> {
                  try {
                    return read.apply(answer);
                  } catch (DockerError quotesTheAnswer) {
                    throw failed(call.name(), DriverTrouble.MALFORMED);
                  }
                }));
  }

  private static RuntimeException failed(PluginName name, DriverTrouble trouble) {
    return new Problem.DriverFailed(name.value(), trouble).asException();
  }

  /** How many calls wait for plugins now. */
  int waiting() {
    return turns.inUse();
  }

  /** Wipes what is kept. Calls that wait come to their end by themselves. */
  @Override
  public void close() {
    recent.wipe();
    directory.close();
  }
}
