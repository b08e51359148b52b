package io.coffer.conformance.yandex;

import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.LineProgram;
import io.coffer.conformance.clients.Npm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stock Node.js SDK with an IAM token and an authority of its own. It looks nothing up. */
class YandexNodeSdkTest extends YandexSdkContract {
  private static final String PROGRAM = "program.js";

  private Path home = Path.of("");

  @Override
  void assumeFound() throws IOException {
    home = Npm.assumeInstalled(YandexNodeSdkTest.class, "yandex-nodejs-sdk", PROGRAM);
  }

  @Override
  LockboxProgram start(
      ClientEnvironment environment, Path authority, String credential, Path directory)
      throws IOException {
    List<String> words =
        List.of(
            "node",
            home.resolve(PROGRAM).toString(),
            environment.url().getAuthority(),
            authority.toString(),
            credential);
    return new LockboxProgram(LineProgram.start("the Node.js SDK", words, Map.of(), directory));
  }

  @Override
  String wordsOfDistrust() {
    return "No connection established";
  }
}
