package io.coffer.api.lockbox;

import io.coffer.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event: {@code 1042}, and {@code 1042.1} for a second change of the same call, so
 * that whoever was cut off between them goes on between them.
 *
 * @param revision of the call
 * @param index among the changes of that call that the reader was told of, from 0
 */
record WatchPosition(long revision, int index) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,9}))?");

  static WatchPosition parse(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      throw new Problem.Invalid("revision", "must be the id of an event of this feed")
          .asException();
    }
    String index = found.group(2);
    return new WatchPosition(
        Long.parseLong(found.group(1)), index == null ? 0 : Integer.parseInt(index));
  }

  /** The place of the change that is told after this one. */
  WatchPosition next(long nextRevision) {
    return new WatchPosition(nextRevision, nextRevision == revision ? index + 1 : 0);
  }

  /** Whether this is not after {@code other}. */
  boolean isUpTo(WatchPosition other) {
    return revision < other.revision || (revision == other.revision && index <= other.index);
  }

  @Override
  public String toString() {
    return index == 0 ? Long.toString(revision) : revision + "." + index;
  }
}
