package io.coffer.conformance.cli;

import io.coffer.conformance.cases.Corpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded session: commands in order, and what each read and printed. The form is told at the
 * head of {@code cli.txt}.
 */
record Transcript(List<Entry> entries) {
  private static final Pattern WORD = Pattern.compile("((?:'[^']*'|[^\\s'])+)");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=(.*)");
  private static final String COMMAND = "$ ";
  private static final String BLOCK = "-- ";
  private static final Pattern EXIT = Pattern.compile("-- exit (\\d+)(, words of 28)?");

  /**
   * One command: its words with the quotes taken off, the environment before them, what goes in,
   * and the forms of what comes out, which may be words that only this release of the command uses.
   */
  record Entry(
      String line,
      Map<String, String> environment,
      List<String> words,
      String stdin,
      String stdout,
      String stderr,
      int exit,
      boolean ownWords) {}

  static Transcript read(String resource) {
    return parse(Corpus.text(resource));
  }

  static Transcript parse(String text) {
    List<Entry> entries = new ArrayList<>();
    String command = "";
    StringBuilder block = new StringBuilder();
    Map<String, StringBuilder> blocks = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher exit = EXIT.matcher(line);
      if (command.isEmpty()) {
        if (line.startsWith(COMMAND)) {
          command = line.substring(COMMAND.length());
          blocks = new LinkedHashMap<>();
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          throw new AssertionError("between commands: " + line);
        }
      } else if (exit.matches()) {
        entries.add(entry(command, blocks, Integer.parseInt(exit.group(1)), exit.group(2) != null));
        command = "";
      } else if (line.startsWith(BLOCK)) {
        block = new StringBuilder();
        blocks.put(line.substring(BLOCK.length()), block);
      } else {
        block.append(line).append('\n');
      }
    }
    return new Transcript(List.copyOf(entries));
  }

  private static Entry entry(
      String command, Map<String, StringBuilder> blocks, int exit, boolean ownWords) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (String word : words(command)) {
      Matcher assignment = ASSIGNMENT.matcher(word);
      if (words.isEmpty() && assignment.matches()) {
        environment.put(assignment.group(1), assignment.group(2));
      } else {
        words.add(word);
      }
    }
    return new Entry(
        command,
        environment,
        words,
        block(blocks, "stdin").stripTrailing(),
        block(blocks, "stdout"),
        block(blocks, "stderr"),
        exit,
        ownWords);
  }

  private static String block(Map<String, StringBuilder> blocks, String name) {
    StringBuilder block = blocks.get(name);
    return block == null ? "" : block.toString();
  }

  /** The words of a line; a placeholder is one word or part of one. */
  private static List<String> words(String line) {
    String kept =
        Placeholder.FORM.matcher(line).replaceAll(found -> found.group().replace(' ', '\0'));
    return WORD.matcher(kept)
        .results()
        .map(found -> found.group().replace("'", "").replace('\0', ' '))
        .toList();
  }
}
