package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A table of roles and permissions, written by hand: {@code x} for what a role permits. */
final class RoleCells {
  private RoleCells() {}

  /**
   * Fails unless every cell is as written.
   *
   * @param columns all permissions of some kinds
   * @param prefixes those kinds, as their ids begin
   * @param rows the roles that the table is about
   */
  static void assertTable(
      String table, List<Permission> columns, List<String> prefixes, Predicate<Role> rows) {
    List<String> cells =
        Arrays.stream(Role.values())
            .filter(rows)
            .map(role ->
                String.join(
                    " ",
                    Stream.concat(
                            Stream.of(role.id()),
                            columns.stream().map(column -> role.permits(column) ? "x" : "-"))
                        .toList()))
            .toList();
    assertThat(cells)
        .containsExactlyElementsOf(
            table.lines().map(line -> line.strip().replaceAll(" +", " ")).toList());
    assertThat(columns)
        .as("no permission is left out")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Permission.values())
                .filter(permission -> prefixes.stream().anyMatch(permission.id()::startsWith))
                .toList());
  }
}
