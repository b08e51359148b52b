package io.coffer.testing;

import io.coffer.auth.KeySource;
import io.coffer.core.workload.JwksUrl;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Issuers that answer what they are told to, or not, or not yet. */
public final class FakeIssuers implements KeySource {
  private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  /** Answers so from now on. */
  public void answer(String url, String jwks) {
    answers.put(url, CompletableFuture.completedFuture(jwks));
  }

  /** Fails from now on. */
  public void fail(String url) {
    answers.put(url, CompletableFuture.failedFuture(new IOException("down")));
  }

  /** Answers when what is given is completed. */
  public CompletableFuture<String> hang(String url) {
    CompletableFuture<String> later = new CompletableFuture<>();
    answers.put(url, later);
    return later;
  }

  /** How often anything was asked. */
  public int questions() {
    return questions.get();
  }

  @Override
  public CompletionStage<String> fetch(JwksUrl url) {
    questions.incrementAndGet();
    return answers
        .getOrDefault(url.text(), CompletableFuture.failedFuture(new IOException("nothing there")))
        .copy();
  }
}
