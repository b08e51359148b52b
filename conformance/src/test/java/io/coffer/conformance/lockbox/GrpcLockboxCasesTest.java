package io.coffer.conformance.lockbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.ClientEnvironment;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The flows of the corpus as remote procedure calls, except those that are about HTTP itself. */
class GrpcLockboxCasesTest extends LockboxCasesContract {
  @Override
  Client connect(ClientEnvironment environment, Map<String, String> tokens) throws IOException {
    return new GrpcClient(environment, tokens);
  }

  @Override
  boolean carries(LockboxCase one) {
    return Rpcs.needsHttp(one).isEmpty();
  }

  @Override
  String transport() {
    return "gRPC";
  }

  /** A rule tells them; whoever changes it or the corpus is to see which they are. */
  @Test
  void onlyWhatIsAboutHttpIsLeftToRest() {
    Map<String, String> left = new TreeMap<>();
    for (LockboxCase each : LockboxCase.corpus()) {
      Rpcs.needsHttp(each).ifPresent(reason -> left.put(each.id(), reason));
    }
    System.err.println("Lockbox cases that need HTTP: " + left.size());
    left.forEach((id, reason) -> System.err.println("  " + id + " " + reason));

    assertThat(left.keySet())
        .containsExactly(
            "create-036",
            "create-037",
            "create-046",
            "gex-004",
            "http-001",
            "http-002",
            "http-003",
            "http-006",
            "http-007");
  }
}
