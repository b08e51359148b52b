package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.RequestTimeoutException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class BugsTest {
  @Test
  void aClientThatGoesAwayOrIsSlowIsNoBug() {
    assertThat(Bugs.isNone(ClosedSessionException.get())).isTrue();
    assertThat(Bugs.isNone(ClosedStreamException.get())).isTrue();
    assertThat(Bugs.isNone(RequestTimeoutException.get())).isTrue();
    assertThat(Bugs.isNone(new CompletionException(ClosedStreamException.get()))).isTrue();
    assertThat(Bugs.isNone(new CompletionException("", null))).isFalse();
    assertThat(Bugs.isNone(new IllegalStateException())).isFalse();
    assertThat(Bugs.isNone(new IllegalStateException(ClosedStreamException.get()))).isFalse();
  }
}
