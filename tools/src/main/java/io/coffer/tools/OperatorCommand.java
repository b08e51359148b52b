package io.coffer.tools;

import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.server.Logging;
import io.coffer.server.Operator;
import io.coffer.server.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code coffer operator}: the seal and the keyring of a data directory. If a server has it, what
 * is to be done is asked of the server, through its socket there.
 */
@Command(
    name = "operator",
    description = {
      "The seal and the keyring of a data directory; a server that has it is asked to do it.",
      "Passphrases and shares are asked for at the terminal, or read from lines of standard input."
    },
    mixinStandardHelpOptions = true)
final class OperatorCommand {
  private static Operator operator(Settings settings) {
    // Lines about what went well are for servers; here the command says it.
    Logging.start(settings.logFormat(), Settings.LogLevel.WARN);
    return new Operator(settings, new Terminal(), Clock.systemUTC());
  }

  @Command(
      name = "init",
      description = "Makes the store under this seal; prints shares, if it has any, once.",
      mixinStandardHelpOptions = true)
  int init(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    Settings settings = seal.settings(directory);
    StoreHeader header = operator(settings).init();
    System.err.printf(
        "coffer: made the store %s in %s, under the seal %s%n",
        header.storeId(), settings.dataDir(), header.sealFingerprint());
    return 0;
  }

  private static OnlineOperator server(DataDirOption directory) {
    return OperatorSocket.of(directory.dataDir())
        .map(socket -> new OnlineOperator(socket, new Terminal()))
        .orElseThrow(
            () -> new ClientTrouble("no server has the data directory " + directory.dataDir()));
  }

  @Command(
      name = "unseal",
      description = {
        "Opens the store of a running server that is sealed.",
        "Shares can be given in several commands, by several people."
      },
      mixinStandardHelpOptions = true)
  int unseal(
      @Mixin DataDirOption directory,
      @Option(names = "--reset", description = "forgets the shares that were given before")
          boolean reset) {
    server(directory).unseal(reset);
    return 0;
  }

  @Command(
      name = "seal",
      description = "Has the running server close its store and forget its keys.",
      mixinStandardHelpOptions = true)
  int seal(@Mixin DataDirOption directory) {
    server(directory).seal();
    return 0;
  }

  @Command(
      name = "rekey",
      description = "Has the store need another seal from now on; makes its key if need be.",
      mixinStandardHelpOptions = true)
  int rekey(
      @Mixin DataDirOption directory,
      @Mixin SealOption seal,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "SEAL",
              description = "the seal that the store is to need: " + SealSpec.FORMS)
          String to) {
    Settings settings = seal.settings(directory);
    SealSpec next = Settings.nextSeal("to", to, settings.dataDir());
    Optional<OperatorSocket> server = OperatorSocket.of(settings.dataDir());
    if (server.isPresent()) {
      Map<String, String> status = new OnlineOperator(server.get(), new Terminal()).rekey(to, next);
      tellRekeyed(status.getOrDefault("fingerprint", ""), status.getOrDefault("seal", ""));
    } else {
      StoreHeader header = operator(settings).rekey(next);
      tellRekeyed(header.sealFingerprint(), header.sealKind());
    }
    return 0;
  }

  private static void tellRekeyed(String fingerprint, String kind) {
    System.err.printf(
        "coffer: the store needs the seal %s of the kind %s from now on; start the server with it%n",
        fingerprint, kind);
    System.err.println(
        "coffer: the one before still opens copies of the data directory that were made before");
  }

  @Command(
      name = "rotate",
      description = "Adds a term to the keyring, which seals from now on.",
      mixinStandardHelpOptions = true)
  int rotate(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    Optional<OperatorSocket> server = OperatorSocket.of(directory.dataDir());
    if (server.isPresent()) {
      new OnlineOperator(server.get(), new Terminal()).rotate();
    } else {
      System.err.printf("coffer: term %d%n", operator(seal.settings(directory)).rotate());
    }
    return 0;
  }

  @Command(
      name = "recover-admin",
      description = "Makes the administrator a new key, in the place of all he has.",
      mixinStandardHelpOptions = true)
  int recoverAdmin(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    System.err.printf(
        "coffer: the administrator's only key is now in %s; this is on record%n",
        operator(seal.settings(directory)).recoverAdministrator());
    return 0;
  }

  @Command(
      name = "seal-status",
      description = "What the store needs and whether it opens, also while a server runs.",
      mixinStandardHelpOptions = true)
  int sealStatus(
      @Mixin DataDirOption directory,
      @Mixin SealOption seal,
      @Option(
              names = "--ask",
              description = "asks for the passphrase or the shares, and tries them")
          boolean ask) {
    OperatorSocket.of(directory.dataDir())
        .map(OperatorSocket::status)
        .map(OnlineOperator::inWords)
        .ifPresent(System.out::println);
    Operator.Status status = operator(seal.settings(directory)).status(ask);
    status.lines().forEach(System.out::println);
    return status.opens() ? 0 : 1;
  }
}
