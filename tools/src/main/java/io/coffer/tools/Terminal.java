package io.coffer.tools;

import io.coffer.SecretBytes;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.UnansweredException;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whoever typed the command: at a terminal he is asked and what he types is not shown, else lines
 * of standard input are what he gives. Never arguments and never variables: other processes see
 * those.
 */
@SuppressWarnings("MustBeClosedChecker") // What it returns is for whoever asked to close.
final class Terminal implements Custodian {
  /** Bytes of a line; a share has 109, a passphrase at most 1,024. */
  static final int LINE_MAX = 4096;

  private final Optional<Console> console =
      Optional.ofNullable(System.console()).filter(Console::isTerminal);

  @Override
  public SecretBytes passphrase() {
    return ask("Passphrase: ", "a passphrase");
  }

  @Override
  public SecretBytes newPassphrase() {
    SecretBytes first = ask("New passphrase: ", "a new passphrase");
    if (console.isPresent()) {
      try (SecretBytes second = ask("The same again: ", "a new passphrase")) {
        if (!first.lend(a -> second.lend(b -> Arrays.equals(a, b)))) {
          first.close();
          throw new ClientTrouble("the two are not the same");
        }
      }
    }
    return first;
  }

  @Override
  public SecretBytes share(int given, int needed) {
    return ask("Share %d of %d: ".formatted(given + 1, needed), "%d shares".formatted(needed));
  }

  @Override
  public void take(List<SecretBytes> shares) {
    System.err.println(
        "coffer: these are the shares of the seal, shown once; give each to another person:");
    for (SecretBytes share : shares) {
      share.lend(text -> {
        System.out.write(text, 0, text.length);
        return true;
      });
      System.out.println();
    }
    System.out.flush();
    if (System.out.checkError()) {
      throw new ClientTrouble("the shares could not be written; nothing was changed");
    }
  }

  private SecretBytes ask(String prompt, String wanted) {
    return console.isPresent() ? typed(console.get(), prompt, wanted) : line(System.in, wanted);
  }

  private static SecretBytes typed(Console console, String prompt, String wanted) {
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null || typed.length == 0) {
      throw missing(wanted);
    }
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
    Arrays.fill(typed, '\0');
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    encoded.clear().put(new byte[encoded.capacity()]);
    return SecretBytes.takeOver(bytes);
  }

  /** Byte by byte: what follows the line is for whoever asks next. */
  static SecretBytes line(InputStream in, String wanted) {
    refuseToShow();
    byte[] read = new byte[LINE_MAX];
    try {
      int length = 0;
      int next = in.read();
      while (next >= 0 && next != '\n') {
        if (length == LINE_MAX) {
          throw new ClientTrouble("a line of standard input has more than 4096 bytes");
        }
        read[length++] = (byte) next;
        next = in.read();
      }
      if (length > 0 && read[length - 1] == '\r') {
        length--;
      }
      if (length == 0) {
        throw missing(wanted);
      }
      return SecretBytes.takeOver(Arrays.copyOf(read, length));
    } catch (IOException e) {
      throw missing(wanted);
    } finally {
      Arrays.fill(read, (byte) 0);
    }
  }

  /** With only one end at a terminal, the platform cannot keep it from showing what is typed. */
  private static void refuseToShow() {
    try {
      String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      if (input.startsWith("/dev/pts/") || input.startsWith("/dev/tty")) {
        throw new ClientTrouble(
            "what is typed would be seen: leave standard output at the terminal, or give lines on standard input");
      }
    } catch (IOException | UnsupportedOperationException e) {
      return; // No such place on this system.
    }
  }

  private static UnansweredException missing(String wanted) {
    return new UnansweredException("standard input ended before it gave " + wanted);
  }
}
