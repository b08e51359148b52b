package io.coffer.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an operator, given what they ask for on standard input. */
@Timeout(120)
final class OperatorCommandTest {
  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir private Path home;

  private Typed operator(String input, String command, String seal, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "operator",
                command,
                "--data-dir",
                home.resolve("data").toString(),
                "--seal",
                seal));
    words.addAll(List.of(more));
    return Typed.withInput(input, words.toArray(String[]::new));
  }

  private String file() {
    return "file:" + home.resolve("keys/seal.key");
  }

  @Test
  void aStoreGoesFromAPassphraseToSharesToAFile() {
    Typed made = operator(PASSPHRASE + "\n", "init", "passphrase");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).isEmpty();
    assertThat(made.err())
        .matches("coffer: made the store [0-9a-f]{32} in .*, under the seal .*\n");

    Typed shared = operator(PASSPHRASE + "\r\n", "rekey", "passphrase", "--to", "shares:2/3");
    assertThat(shared.code()).as(shared.err()).isZero();
    List<String> shares = shared.out().lines().toList();
    assertThat(shares).hasSize(3).allMatch(line -> line.startsWith("coffer-share-1:"));
    assertThat(shared.err()).contains("shown once").doesNotContain("coffer-share-1:");

    Typed filed =
        operator(
            shares.get(2) + "\n" + shares.get(0) + "\n", "rekey", "shares:2/3", "--to", file());
    assertThat(filed.code()).as(filed.err()).isZero();
    assertThat(home.resolve("keys/seal.key")).exists();

    Typed rotated = operator("", "rotate", file());
    assertThat(rotated.code()).as(rotated.err()).isZero();
    assertThat(rotated.err()).isEqualTo("coffer: term 2\n");

    Typed status = operator("", "seal-status", file());
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.out().lines())
        .hasSize(5)
        .contains("seal         file", "opens        yes")
        .anyMatch(line -> line.startsWith("term         2, since "));
  }

  @Test
  void aWrongPassphraseIsRefusedAndNotRepeated() {
    assertThat(operator(PASSPHRASE + "\n", "init", "passphrase").code()).isZero();

    Typed wrong = operator("hunter2 hunter2\n", "rotate", "passphrase");
    assertThat(wrong.code()).isEqualTo(Coffer.UNAVAILABLE);
    assertThat(wrong.err())
        .startsWith("coffer: this is not the passphrase of the store")
        .doesNotContain("hunter2");
    assertThat(operator(PASSPHRASE + "\n", "rotate", "passphrase").code()).isZero();
  }

  @Test
  void standardInputThatEndsTooSoonChangesNothing() {
    assertThat(operator("", "init", file()).code()).isZero();

    Typed ended = operator("", "rekey", file(), "--to", "passphrase");
    assertThat(ended.code()).isEqualTo(Coffer.UNAVAILABLE);
    assertThat(ended.err())
        .isEqualTo("coffer: standard input ended before it gave a new passphrase\n");
    assertThat(operator("", "seal-status", file()).code()).isZero();
  }

  @Test
  void theStatusTellsASealThatDoesNotOpen() {
    assertThat(operator("", "init", file()).code()).isZero();

    Typed other = operator("", "seal-status", "file:" + home.resolve("keys/other.key"));
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("opens        no: there is no seal key file at ");
    assertThat(home.resolve("keys/other.key")).doesNotExist();
  }

  @Test
  void aSealThatCannotBeMeantIsAMistake() {
    assertThat(operator("", "init", file()).code()).isZero();

    Typed mistaken = operator("", "rekey", file(), "--to", "shares:1/3");
    assertThat(mistaken.code()).isEqualTo(2);
    assertThat(mistaken.err()).startsWith("coffer: --to: of shares:K/N, K must be 2 or more");
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // It must throw.
  void aLineHasAsManyBytesAsItMayAndNotOneMore() {
    try (SecretBytes line = Terminal.line(input(Terminal.LINE_MAX), "a line")) {
      assertThat(line.length()).isEqualTo(Terminal.LINE_MAX);
    }
    assertThatThrownBy(() -> Terminal.line(input(Terminal.LINE_MAX + 1), "a line"))
        .isInstanceOf(ClientTrouble.class)
        .hasMessage("a line of standard input has more than 4096 bytes");
  }

  private static InputStream input(int length) {
    return new ByteArrayInputStream("x".repeat(length).getBytes(StandardCharsets.UTF_8));
  }
}
