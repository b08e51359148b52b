package io.coffer.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.SecretBytes;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.Seals;
import io.coffer.crypto.seal.StoreHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * What operators gave so far of what a seal asks for, in memory only. Each share is looked at when
 * it comes, and one that cannot count is not kept.
 */
@SuppressWarnings("MustBeClosedChecker") // What it returns is for whoever asked to close.
final class Given implements Custodian {
  @GuardedBy("this")
  private final List<SecretBytes> answers = new ArrayList<>();

  @GuardedBy("this")
  private int asked;

  synchronized int count() {
    return answers.size();
  }

  /** Copies {@code answer}; throws {@link SealException} if it cannot be of {@code header}'s. */
  synchronized void add(SecretBytes answer, StoreHeader header) {
    answers.add(copy(answer));
    try {
      Seals.requirePossible(answers, header);
    } catch (SealException e) {
      answers.removeLast().close();
      throw e;
    }
  }

  synchronized void forget() {
    answers.forEach(SecretBytes::close);
    answers.clear();
    asked = 0;
  }

  static SecretBytes copy(SecretBytes bytes) {
    return bytes.lend(original -> SecretBytes.takeOver(original.clone()));
  }

  private synchronized SecretBytes next() {
    return copy(answers.get(asked++));
  }

  @Override
  public SecretBytes passphrase() {
    return next();
  }

  @Override
  public SecretBytes share(int given, int needed) {
    return next();
  }

  @Override
  public SecretBytes newPassphrase() {
    throw new AssertionError("a store that is opened needs no new seal");
  }

  @Override
  public void take(List<SecretBytes> shares) {
    throw new AssertionError("a store that is opened needs no new seal");
  }
}
