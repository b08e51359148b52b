package io.coffer.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * What a command typed into a shell came to.
 *
 * @param out of standard output
 * @param err of standard error
 */
record Typed(int code, String out, String err) {
  static Typed coffer(String... words) {
    return withInput("", words);
  }

  /** As above, with lines on standard input. */
  static Typed withInput(String input, String... words) {
    InputStream stdin = System.in;
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(toOut);
    System.setErr(toErr);
    try {
      CommandLine line =
          Coffer.commandLine()
              .setOut(new PrintWriter(toOut, true, StandardCharsets.UTF_8))
              .setErr(new PrintWriter(toErr, true, StandardCharsets.UTF_8));
      int code = line.execute(words);
      return new Typed(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(stdin);
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }
}
