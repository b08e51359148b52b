package io.coffer.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=alice,O=team | CN=alice,O=team",
        "cn = alice,  o = team | CN=alice,O=team",
        "O=team, CN=alice | O=team,CN=alice",
        "CN=\"Doe, Jane\" | CN=Doe\\, Jane",
        "OU=a+CN=b | OU=a+CN=b",
        "EMAILADDRESS=a@b | 1.2.840.113549.1.9.1=#1603614062",
        "1.2.840.113549.1.9.1=#1603614062 | 1.2.840.113549.1.9.1=#1603614062",
      })
  void aNameHasOneFormHoweverItIsWritten(String written, String form) {
    assertThat(SubjectName.parse(written).value()).isEqualTo(form);
    assertThat(SubjectName.parse(form).value()).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "alice", "CN", "CN=a\nO=b", "CN=a\\0Ab", "nope=x"})
  void whatIsNoNameIsRefused(String written) {
    assertThatThrownBy(() -> SubjectName.parse(written))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("RFC 2253");
  }

  @Test
  void aNameMayHaveOneHundredCharactersAndNotOneMore() {
    assertThat(SubjectName.parse("CN=" + "a".repeat(97)).value()).hasSize(SubjectName.LENGTH_MAX);
    assertThatThrownBy(() -> SubjectName.parse("CN=" + "a".repeat(98)))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("1 to 100 characters");
  }
}
