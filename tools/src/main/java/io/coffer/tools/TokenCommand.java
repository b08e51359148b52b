package io.coffer.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code coffer token}: logs in with the administrator's key. */
@Command(
    name = "token",
    description = "Prints a fresh IAM token of the local administrator.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Mixin private final DataDirOption directory = new DataDirOption();

  @Override
  public Integer call() {
    System.out.println(AdminLogin.token(directory.connections()));
    return 0;
  }
}
