package io.coffer.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
  private static final String ID = "83122ahjti826qq1t6qzg90cx";
  private static final String OTHER_ID = "9wxcm8ahw6skoqy18dwc20vvb";

  private final Placeholder placeholders = new Placeholder();

  @Test
  void theRecordedSessionIsUnderstood() {
    assertThat(Transcript.read("/docker/cli.txt").entries())
        .hasSize(124)
        .allSatisfy(entry -> assertThat(entry.words()).startsWith("docker"));
  }

  @Test
  void readsWordsEnvironmentAndBlocks() {
    Transcript transcript =
        Transcript.parse(
            """
            # A comment.
            $ A=1 B_C= docker '' 'a b'=c <<id x 8>> '{{.Label "e"}}'
            -- stdin
            in
            -- stdout

            -- stderr
            # not a comment

            two
            -- exit 125, words of 28
            """);

    assertThat(transcript.entries())
        .containsExactly(
            new Transcript.Entry(
                "A=1 B_C= docker '' 'a b'=c <<id x 8>> '{{.Label \"e\"}}'",
                Map.of("A", "1", "B_C", ""),
                List.of("docker", "", "a b=c", "<<id x 8>>", "{{.Label \"e\"}}"),
                "in",
                "\n",
                "# not a comment\n\ntwo\n",
                125,
                true));
  }

  @Test
  void anIdIsKeptFromItsFirstAppearance() {
    assertThat(placeholders.matches("<<id a>> <<id a>>", ID + " " + OTHER_ID)).isFalse();
    assertThat(placeholders.matches("<<id a>> <<id a>>", ID + " " + ID)).isTrue();
    assertThat(placeholders.matches("<<id a>>", OTHER_ID)).isFalse();
    assertThat(placeholders.matches("<<id a 4>> <<id b>>", "8312 " + OTHER_ID)).isTrue();
    assertThat(placeholders.fill("x=<<id a 6>>,<<id b>>")).isEqualTo("x=83122a," + OTHER_ID);
    assertThatThrownBy(() -> placeholders.fill("<<id c>>")).isInstanceOf(AssertionError.class);
  }

  @Test
  void formsMatchWhatVariesAndNothingElse() {
    assertThat(placeholders.matches("a  <<ago>>", "a     2 seconds ago")).isTrue();
    assertThat(placeholders.matches("a  <<ago>>", "a 2 seconds ago")).isFalse();
    assertThat(placeholders.matches("<<ago>>", "Less than a second ago")).isTrue();
    assertThat(placeholders.matches("<<index>>", "0")).isFalse();
    assertThat(placeholders.matches("<<time>>", "2026-11-22T05:30:16.3626Z")).isTrue();
    assertThat(placeholders.matches("<<any-order a,b=c>>", "b=c,a")).isTrue();
    assertThat(placeholders.matches("<<any-order a,b=c>>", "b=c")).isFalse();
    assertThat(placeholders.matches("a.c", "abc")).isFalse();
    assertThat(placeholders.matches("", "\n")).isFalse();
  }

  @Test
  void everyDifferenceIsTold(@TempDir Path directory) throws IOException {
    DockerCli cli = new DockerCli("unix:///nowhere", directory);
    String text =
        """
        $ sh -c 'read a; echo $DOCKER_HOST $a; wc -c < huge.bin; ls $DOCKER_CONFIG; echo err >&2; exit 3'
        -- stdin
        in
        -- stdout
        unix:///nowhere in
        3000000
        -- stderr
        err
        -- exit 3
        """;

    assertThat(cli.differences(Transcript.parse(text).entries().getFirst())).isEmpty();
    String altered =
        text.replace("000\n", "001\n")
            .replace("r\n-- e", "r2\n-- e")
            .replace("exit 3\n", "exit 4\n");
    assertThat(cli.differences(Transcript.parse(altered).entries().getFirst()))
        .hasSize(3)
        .allMatch(each -> each.contains("expected"));
  }
}
