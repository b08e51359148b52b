package io.coffer.server;

import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.api.operator.Rekeyed;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.SealException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whoever changes the seal from afar: gives a new passphrase at once, and is given new shares,
 * which count when he says that they are where they belong.
 */
@SuppressWarnings("MustBeClosedChecker") // What it returns is for whoever asked to close.
final class HandOver implements Custodian {
  /** As long as somebody may take to write down what he is shown. */
  static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(10);

  private static final int CONFIRMATION_LENGTH = 16;

  private final String confirmation;
  private final List<SecretBytes> answers;
  private final CompletableFuture<Rekeyed> told = new CompletableFuture<>();
  private final CompletableFuture<Boolean> confirmed = new CompletableFuture<>();

  /** {@code answers} are copied. */
  HandOver(Entropy entropy, List<SecretBytes> answers) {
    this.confirmation = HexFormat.of().formatHex(entropy.bytes(CONFIRMATION_LENGTH));
    this.answers = answers.stream().map(Given::copy).toList();
  }

  /** What there is to tell first: the shares, or that all is done, or why it cannot be. */
  CompletableFuture<Rekeyed> told() {
    return told;
  }

  /** Whether this is the confirmation that was told; the change goes on, then. */
  boolean confirm(String given) {
    return given.equals(confirmation) && confirmed.complete(true);
  }

  /** Whoever waits for a confirmation waits no more, and nothing is changed. */
  void giveUp() {
    boolean _ = confirmed.cancel(false);
  }

  /** When all is over. */
  void forget() {
    answers.forEach(SecretBytes::close);
  }

  @Override
  public SecretBytes newPassphrase() {
    if (answers.size() != 1) {
      throw new SealException("a new passphrase is one line");
    }
    return Given.copy(answers.getFirst());
  }

  @Override
  public void take(List<SecretBytes> shares) {
    boolean _ =
        told.complete(
            new Rekeyed.HandedOut(confirmation, shares.stream().map(Given::copy).toList()));
    try {
      boolean _ = confirmed.get(CONFIRMED_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | CancellationException e) {
      throw unconfirmed();
    } catch (ExecutionException e) {
      throw new AssertionError("nobody fails to confirm", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unconfirmed();
    }
  }

  private static SealException unconfirmed() {
    return new SealException("the new shares were not confirmed; the seal is as it was");
  }

  @Override
  public SecretBytes passphrase() {
    throw new AssertionError("an open store is not opened again");
  }

  @Override
  public SecretBytes share(int given, int needed) {
    throw new AssertionError("an open store is not opened again");
  }
}
