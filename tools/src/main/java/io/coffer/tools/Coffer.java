package io.coffer.tools;

import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.UnansweredException;
import io.coffer.engine.EngineException;
import io.coffer.server.Mistakes;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code coffer}: keeps secrets, and talks to the one that does. */
@Command(
    name = "coffer",
    description = "A self-hosted secrets manager with a Docker and a Lockbox door.",
    mixinStandardHelpOptions = true,
    version = "coffer 0.1.0",
    subcommands = {
      ServerCommand.class,
      EnvCommand.class,
      TokenCommand.class,
      AccessCommand.class,
      ClientCertificateCommand.class,
      AuditCommand.class,
      OperatorCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Coffer {
  /** As {@code sysexits.h} has it: what was asked for cannot be done here and now. */
  static final int UNAVAILABLE = 69;

  private Coffer() {}

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Coffer())
        .setExecutionExceptionHandler((trouble, _, _) -> explain(trouble));
  }

  /** A sentence for whoever typed the command; a stack trace is for bugs only. */
  private static int explain(Exception trouble) {
    List<String> sentences =
        trouble instanceof Mistakes mistakes ? mistakes.sentences() : List.of(sentence(trouble));
    sentences.forEach(sentence -> System.err.println("coffer: " + sentence));
    return switch (trouble) {
      case Mistakes _ -> CommandLine.ExitCode.USAGE;
      case SealException _,
          UnansweredException _,
          EngineException _,
          ClientTrouble _,
          UncheckedIOException _ ->
          UNAVAILABLE;
      default -> CommandLine.ExitCode.SOFTWARE;
    };
  }

  /** What was meant to be read, and what lies below it where that says more. */
  private static String sentence(Throwable trouble) {
    Throwable root = trouble;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String outer = said(trouble instanceof CompletionException ? root : trouble);
    return outer.contains(said(root)) ? outer : outer + ": " + said(root);
  }

  private static String said(Throwable trouble) {
    String message = trouble.getMessage();
    return message == null ? trouble.getClass().getSimpleName() : message;
  }
}
