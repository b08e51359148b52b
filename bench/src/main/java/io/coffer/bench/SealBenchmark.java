package io.coffer.bench;

import io.coffer.Bytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.Keyring;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A row through the barrier. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealBenchmark {
  private static final Place PLACE = new Place(Purpose.STORED_VALUE, Bytes.utf8("s/folder/secret"));

  @Param({"200", "4096"})
  int size = 200;

  private final Keyring keyring = Keyring.fresh(new SecureRandom()::nextBytes, Instant.EPOCH);
  private Bytes plain = Bytes.EMPTY;
  private Bytes sealed = Bytes.EMPTY;

  /** Once, when the size is known. */
  @Setup
  public void fill() {
    plain = Bytes.takeOver(new byte[size]);
    sealed = keyring.sealBytes(plain, PLACE);
  }

  @Benchmark
  public Bytes seal() {
    return keyring.sealBytes(plain, PLACE);
  }

  @Benchmark
  public Bytes open() {
    return keyring.openBytes(sealed, PLACE);
  }
}
