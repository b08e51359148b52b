package io.coffer.core.secret;

import io.coffer.SecretBytes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Where the values of secrets with a driver come from. Owned by the verbs, implemented above them;
 * never called inside a transaction. Each stage fails with {@link io.coffer.Problem.DriverFailed}
 * and with no other problem, after a time that the implementation bounds.
 */
public interface SecretProviders {
  /** Completes if there is a driver of that name, and it gives secrets. */
  CompletionStage<Void> find(String driver);

  /** Asks for a value, as long as Docker's clients may send one; whoever gets it closes it. */
  CompletionStage<SecretBytes> ask(Wanted wanted);

  /**
   * Which value.
   *
   * @param revision of the secret: what was answered for one is not the answer for another
   * @param labels of the secret, as the driver is told them
   */
  record Wanted(
      String driver,
      String secretId,
      long revision,
      String secretName,
      SortedMap<String, String> labels) {
    public Wanted {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }
}
