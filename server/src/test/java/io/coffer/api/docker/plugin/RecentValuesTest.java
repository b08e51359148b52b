package io.coffer.api.docker.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.SecretBytes;
import io.coffer.core.secret.SecretProviders.Wanted;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentValuesTest {
  private static final int LARGEST = 511_999;

  private final AtomicLong now = new AtomicLong();
  private final RecentValues values = new RecentValues(now::get);

  private static Wanted wanted(long revision) {
    return new Wanted("vault", "id1", revision, "db", new TreeMap<>());
  }

  private void keep(Wanted wanted, int length) {
    try (SecretBytes value = SecretBytes.takeOver(new byte[length])) {
      values.keep(wanted, value);
    }
  }

  private static byte only(SecretBytes value) {
    return value.lend(bytes -> bytes[0]);
  }

  private boolean has(Wanted wanted) {
    Optional<SecretBytes> copy = values.copy(wanted);
    copy.ifPresent(SecretBytes::close);
    return copy.isPresent();
  }

  @Test
  void whatWasKeptIsACopyAndSoIsWhatIsGiven() {
    try (SecretBytes value = SecretBytes.takeOver(new byte[] {7})) {
      values.keep(wanted(1), value);
    }
    try (SecretBytes first = values.copy(wanted(1)).orElseThrow()) {
      assertThat(only(first)).isEqualTo((byte) 7);
    }
    try (SecretBytes second = values.copy(wanted(1)).orElseThrow()) {
      assertThat(only(second)).isEqualTo((byte) 7);
    }
  }

  @Test
  void nothingIsKeptLongerThanItsLifetimeHoweverOftenItIsRead() {
    keep(wanted(1), 1);
    now.addAndGet(RecentValues.LIFETIME.toNanos() - 1);
    assertThat(has(wanted(1))).isTrue();
    now.addAndGet(1);
    assertThat(has(wanted(1))).isFalse();
  }

  @Test
  void thereIsRoomForSoManyBytesAndNoMore() {
    int most = RecentValues.BYTES_MAX / (LARGEST + RecentValues.OVERHEAD);
    for (int i = 0; i < most + 1; i++) {
      keep(wanted(i), LARGEST);
    }
    values.tidy();
    int kept = 0;
    for (int i = 0; i < most + 1; i++) {
      kept += has(wanted(i)) ? 1 : 0;
    }
    assertThat(kept).isEqualTo(most);
  }

  @Test
  void anotherSecretDriverOrRevisionIsAnotherValue() {
    keep(wanted(1), 1);
    assertThat(has(wanted(2))).isFalse();
    assertThat(has(new Wanted("other", "id1", 1, "db", new TreeMap<>()))).isFalse();
    assertThat(has(new Wanted("vault", "id2", 1, "db", new TreeMap<>()))).isFalse();
    values.wipe();
    assertThat(has(wanted(1))).isFalse();
  }
}
