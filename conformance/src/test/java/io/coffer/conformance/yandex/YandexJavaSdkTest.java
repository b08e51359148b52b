package io.coffer.conformance.yandex;

import io.coffer.conformance.ClientEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** The stock Java SDK: discovery, login with the key file, and an application's calls. */
class YandexJavaSdkTest extends YandexSdkContract {
  @Override
  void assumeFound() {} // It comes with the build.

  @Override
  String credential(ClientEnvironment environment) {
    return environment.keyFile().toString();
  }

  @Override
  LockboxProgram start(
      ClientEnvironment environment, Path authority, String credential, Path directory)
      throws IOException {
    return YandexSdk.start(environment, authority, credential, directory);
  }

  @Override
  String wordsOfDistrust() {
    return "PKIX path";
  }
}
