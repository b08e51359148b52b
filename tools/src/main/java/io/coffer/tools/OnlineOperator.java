package io.coffer.tools;

import io.coffer.SecretBytes;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.UnansweredException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What an operator has a running server do, with what he is asked for at the terminal. */
final class OnlineOperator {
  private final OperatorSocket server;
  private final Terminal terminal;

  OnlineOperator(OperatorSocket server, Terminal terminal) {
    this.server = server;
    this.terminal = terminal;
  }

  /**
   * Gives what the seal asks for until the store is open, or there is no more to give: what was
   * given before that counts, and others can go on.
   */
  @SuppressWarnings("MustBeClosedChecker") // Closed one by one.
  void unseal(boolean reset) {
    Map<String, String> status =
        reset ? server.tell("POST /v1/unseal?reset=true", List.of()) : server.status();
    boolean gave = false;
    while (!isOpen(status)) {
      List<SecretBytes> answers = List.of();
      if (number(status, "needed") > 0) {
        try {
          answers = List.of(ask(status));
        } catch (UnansweredException e) {
          if (!gave) {
            throw e;
          }
          System.err.println(progress(status));
          return;
        }
      }
      try {
        status = server.tell("POST /v1/unseal", answers);
        gave = true;
      } finally {
        answers.forEach(SecretBytes::close);
      }
    }
    System.err.println("coffer: the store is open");
  }

  private SecretBytes ask(Map<String, String> status) {
    return status.getOrDefault("seal", "").equals("passphrase")
        ? terminal.passphrase()
        : terminal.share(number(status, "given"), number(status, "needed"));
  }

  void seal() {
    Map<String, String> _ = server.tell("POST /v1/seal", List.of());
    System.err.println("coffer: the store is sealed; open it with: coffer operator unseal");
  }

  void rotate() {
    System.err.printf(
        "coffer: term %s%n",
        server.tell("POST /v1/rotate", List.of()).getOrDefault("term", "unknown"));
  }

  /** Shares are shown before anything needs them, as where no server runs. */
  Map<String, String> rekey(String to, SealSpec next) {
    List<SecretBytes> answers =
        next instanceof SealSpec.Passphrase ? List.of(terminal.newPassphrase()) : List.of();
    String confirmation;
    try (OperatorSocket.Answer answer =
        server.ask("POST /v1/rekey" + OperatorSocket.query("to", to), answers)) {
      confirmation = answer.headers().getOrDefault("coffer-confirmation", "");
      if (confirmation.isEmpty()) {
        return answer.members();
      }
      show(answer.body());
    } finally {
      answers.forEach(SecretBytes::close);
    }
    return server.tell("POST /v1/confirm" + OperatorSocket.query("id", confirmation), List.of());
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed with the list.
  private void show(SecretBytes lines) {
    List<SecretBytes> shares = new ArrayList<>();
    lines.lend(text -> {
      int start = 0;
      for (int i = 0; i < text.length; i++) {
        if (text[i] == '\n') {
          shares.add(SecretBytes.takeOver(Arrays.copyOfRange(text, start, i)));
          start = i + 1;
        }
      }
      return true;
    });
    try {
      terminal.take(shares);
    } finally {
      shares.forEach(SecretBytes::close);
    }
  }

  /** A line for the status of a seal. */
  static String inWords(Map<String, String> status) {
    String given = status.getOrDefault("given", "0");
    return isOpen(status)
        ? "server       has it open"
        : given.equals("0")
            ? "server       sealed"
            : "server       sealed, and was given %s of %s"
                .formatted(given, status.getOrDefault("needed", "0"));
  }

  private static String progress(Map<String, String> status) {
    return "coffer: still sealed: %s of %s shares were given"
        .formatted(status.getOrDefault("given", "0"), status.getOrDefault("needed", "0"));
  }

  private static boolean isOpen(Map<String, String> status) {
    return status.getOrDefault("state", "").equals("open");
  }

  private static int number(Map<String, String> status, String name) {
    return Integer.parseInt(status.getOrDefault(name, "0"));
  }
}
