package io.coffer.api.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key is rotated while what is under it is read, over a store on the disk. */
@Timeout(180)
final class RotationUnderLoadTest {
  private static final int ROTATIONS = 100;
  private static final int READERS = 8;

  /** At least so many end between one rotation and the next. */
  private static final int READS_BETWEEN = READERS;

  @TempDir private Path home;

  @Test
  void noReadFailsAndEveryVersionStaysReadable() throws InterruptedException, ExecutionException {
    try (RunningCoffer coffer = RunningCoffer.start(home);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String keyId =
          made(
              coffer,
              "/kms/v1/keys",
              "{\"folderId\":\"" + coffer.folderId() + "\",\"defaultAlgorithm\":\"AES_256\"}",
              "keyId");
      String secretId =
          made(
              coffer,
              "/lockbox/v1/secrets",
              "{\"folderId\":\""
                  + coffer.folderId()
                  + "\",\"kmsKeyId\":\""
                  + keyId
                  + "\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}",
              "secretId");
      String payload = "/lockbox/v1/secrets/" + secretId + "/payload";
      String first = coffer.rest().get(payload, coffer.token()).member("versionId");
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger reads = new AtomicInteger();
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        String path = i % 2 == 0 ? payload : payload + "?versionId=" + first;
        readers.add(threads.submit(() -> read(coffer, path, over, reads)));
      }
      try {
        for (int i = 0; i < ROTATIONS; i++) {
          ok(coffer.rest().post("/kms/v1/keys/" + keyId + ":rotate", coffer.token(), ""));
          if (i % 10 == 0) {
            ok(
                coffer
                    .rest()
                    .post(
                        "/lockbox/v1/secrets/" + secretId + ":addVersion",
                        coffer.token(),
                        "{\"payloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}"));
          }
          int wanted = reads.get() + READS_BETWEEN;
          while (reads.get() < wanted && readers.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
          }
        }
      } finally {
        over.set(true);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(reads.get()).isGreaterThanOrEqualTo(ROTATIONS * READS_BETWEEN);
    }
  }

  private static void read(
      RunningCoffer coffer, String path, AtomicBoolean over, AtomicInteger reads) {
    Rest rest = coffer.rest();
    while (!over.get()) {
      assertThat(ok(rest.get(path, coffer.token())).body()).contains("\"textValue\":\"v\"");
      reads.incrementAndGet();
    }
  }

  private static String made(RunningCoffer coffer, String path, String body, String id) {
    return ok(coffer.rest().post(path, coffer.token(), body)).member(id);
  }

  private static Answer ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
