package io.coffer.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.SecretBytes;
import io.coffer.server.CofferServer;
import io.coffer.server.Defaults;
import io.coffer.server.Setting;
import io.coffer.server.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    assertThat(rotated.err()).endsWith("coffer: term 2\n");

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

  private Typed online(String input, String... words) {
    List<String> all = new ArrayList<>(List.of("operator"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data-dir", home.resolve("data").toString()));
    return Typed.withInput(input, all.toArray(String[]::new));
  }

  @Test
  void aRunningServerIsOpenedSealedAndGivenOtherKeys() {
    List<String> shares = operator("", "init", "shares:2/3").out().lines().toList();
    assertThat(online("", "unseal").err()).startsWith("coffer: no server has the data directory");
    Settings settings =
        Settings.parse(
            Map.of(
                Setting.DATA_DIR, home.resolve("data").toString(),
                Setting.SEAL, "shares:2/3",
                Setting.LISTEN, "127.0.0.1:0"),
            Defaults.of(Map.of("HOME", home.toString())));
    try (CofferServer server = CofferServer.start(settings, Clock.systemUTC())) {
      assertThat(server.served()).isNotDone();
      Typed none = online("", "unseal");
      assertThat(none.code()).isEqualTo(Coffer.UNAVAILABLE);
      assertThat(none.err()).isEqualTo("coffer: standard input ended before it gave 2 shares\n");
      Typed one = online(shares.get(0) + "\n", "unseal");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(one.err()).endsWith("coffer: still sealed: 1 of 2 shares were given\n");
      assertThat(operator("", "seal-status", "shares:2/3").out())
          .startsWith("server       sealed, and was given 1 of 2\nstore  ");
      assertThat(online(shares.get(2) + "\n", "unseal").err())
          .endsWith("coffer: the store is open\n");
      assertThat(server.served()).isDone();
      assertThat(online("", "unseal").err()).endsWith("coffer: the store is open\n");

      assertThat(operator("", "rotate", "shares:2/3").err()).endsWith("coffer: term 2\n");
      Typed shared = operator("", "rekey", "shares:2/3", "--to", "shares:2/2");
      assertThat(shared.code()).as(shared.err()).isZero();
      List<String> others = shared.out().lines().toList();
      assertThat(others).hasSize(2).allMatch(line -> line.startsWith("coffer-share-1:"));

      assertThat(online("", "seal").err())
          .endsWith("coffer: the store is sealed; open it with: coffer operator unseal\n");
      Typed old = online(shares.get(0) + "\n", "unseal");
      assertThat(old.code()).isEqualTo(Coffer.UNAVAILABLE);
      assertThat(old.err()).contains("coffer: this is a share of the seal ");
      assertThat(online(String.join("\n", others) + "\n", "unseal").err())
          .endsWith("coffer: the store is open\n");
      assertThat(operator(PASSPHRASE + "\n", "rekey", "shares:2/2", "--to", "passphrase").code())
          .isZero();
    }
    Typed status = operator(PASSPHRASE + "\n", "seal-status", "passphrase", "--ask");
    assertThat(status.code()).as(status.out()).isZero();
    assertThat(status.out()).contains("term         2, since ").doesNotContain("server");
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
