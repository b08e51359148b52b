package io.coffer.api.operator;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Passphrases and shares as they are sent: lines, without blank ones. */
final class AnswerLines {
  private AnswerLines() {}

  /** Wipes {@code body}. The caller closes each line. */
  @SuppressWarnings("MustBeClosedChecker") // For whoever asked to close.
  static List<SecretBytes> of(byte[] body) {
    List<SecretBytes> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
        if (end > start) {
          lines.add(SecretBytes.takeOver(Arrays.copyOfRange(body, start, end)));
        }
        start = i + 1;
      }
    }
    Arrays.fill(body, (byte) 0);
    return lines;
  }

  /** Closes each line. */
  @MustBeClosed
  static SecretBytes join(List<SecretBytes> lines) {
    byte[] joined = new byte[lines.stream().mapToInt(line -> line.length() + 1).sum()];
    int at = 0;
    for (SecretBytes line : lines) {
      int start = at;
      line.lend(text -> {
        System.arraycopy(text, 0, joined, start, text.length);
        return true;
      });
      at += line.length();
      joined[at++] = '\n';
      line.close();
    }
    return SecretBytes.takeOver(joined);
  }
}
