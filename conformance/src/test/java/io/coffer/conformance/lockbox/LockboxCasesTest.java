package io.coffer.conformance.lockbox;

import io.coffer.conformance.ClientEnvironment;
import java.util.Map;

/** The corpus as it is written: over REST. */
class LockboxCasesTest extends LockboxCasesContract {
  @Override
  Client connect(ClientEnvironment environment, Map<String, String> tokens) {
    return new RestClient(environment.plaintextUrl(), tokens);
  }

  @Override
  boolean carries(LockboxCase one) {
    return true;
  }

  @Override
  String transport() {
    return "REST";
  }
}
