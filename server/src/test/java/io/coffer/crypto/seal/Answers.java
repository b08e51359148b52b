package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.SecretBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Gives what it was told to, in order, and keeps the shares it is given. */
public final class Answers implements Custodian {
  private final Deque<String> lines;
  private final List<String> taken = new ArrayList<>();

  private Answers(Collection<String> lines) {
    this.lines = new ArrayDeque<>(lines);
  }

  public static Answers of(String... lines) {
    return new Answers(List.of(lines));
  }

  public static Answers of(Collection<String> lines) {
    return new Answers(lines);
  }

  public List<String> taken() {
    return taken;
  }

  public boolean isUsedUp() {
    return lines.isEmpty();
  }

  @SuppressWarnings("MustBeClosedChecker") // The asker's to close.
  private SecretBytes next() {
    return SecretBytes.takeOver(lines.removeFirst().getBytes(UTF_8));
  }

  @Override
  public SecretBytes passphrase() {
    return next();
  }

  @Override
  public SecretBytes newPassphrase() {
    return next();
  }

  @Override
  public SecretBytes share(int given, int needed) {
    return next();
  }

  @Override
  public void take(List<SecretBytes> shares) {
    shares.forEach(share -> taken.add(share.lend(text -> new String(text, UTF_8))));
  }
}
